/** The name of a run in the names of its files. */
import type { RunConfig } from '#core/config.ts';
import type { AppState } from '#store/app-state.ts';
import { retainedRun } from '#store/runs/state.ts';
import { asFileName } from '../ui/download.ts';

interface FiledRun {
  readonly categoryName: string;
  readonly config: Pick<RunConfig, 'loss' | 'seed'>;
  /** Its name among the retained runs; undefined if it is not retained. */
  readonly name?: string | undefined;
}

/** `bottle-wfdl-2-seed0`: category, name or loss, and seed. */
export const runFileName = ({ categoryName, config: { loss, seed }, name }: FiledRun): string =>
  asFileName(`${categoryName} ${name ?? loss} seed${seed}`);

/** The same for the present run; without a run, the category alone. */
export const presentFileName = ({
  run,
  runs,
  dataset,
}: Pick<AppState, 'run' | 'runs' | 'dataset'>): string => {
  const categoryName = run.importedFrom ?? dataset.loaded?.category.name ?? '';
  return run.configured === undefined
    ? asFileName(categoryName)
    : runFileName({
        categoryName,
        config: run.configured,
        name: retainedRun(runs, runs.presentId)?.name,
      });
};
