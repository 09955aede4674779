/** The entries and actions that the list and the table of runs share. */
import { useMemo } from 'react';
import type { ShortEnd } from '#core/run-length.ts';
import { leadingStatus } from '#store/run/state.ts';
import type { RetainedRun } from '#store/runs/retained-run.ts';
import { mostChosen } from '#store/runs/state.ts';
import { losesProgress } from '#store/storage/state.ts';
import { type CurveStyle, presentStyle } from '../plot/curve-style.ts';
import { type MeasuredRun, measuredRun } from '../shared/measure/measure-words.ts';
import { ownMeasure, useMeasure } from '../shared/measure/use-measure.ts';
import { runFileName } from '../shared/run-file-name.ts';
import { useActions, useApp, useAppStore } from '../shared/store-context.ts';
import { blockedTransport } from '../shared/transport/blocked-transport.ts';
import { useOverlaid } from '../shared/use-overlaid.ts';
import { useConfirm } from '../ui/ConfirmProvider.tsx';
import { downloadRun } from '../ui/download.ts';
import { useOwnRuns } from './use-own-runs.ts';

export interface ListedRun {
  readonly run: RetainedRun;
  readonly chosen: boolean;
  /** Whether its overlay can be switched. */
  readonly choosable: boolean;
  /** Whether it is the present run. */
  readonly present: boolean;
  /** How it ended if it is short: the present run may resume. */
  readonly shortEnd: ShortEnd;
  /** Whether it will be lost with the page, although others are stored. */
  readonly unsaved: boolean;
  readonly style: CurveStyle;
  /** Its figure by the page's score on the loaded images, or else its own, with notes. */
  readonly measured: MeasuredRun;
}

/** The user's own runs, latest first. */
export const useRunList = (): readonly ListedRun[] => {
  const retained = useOwnRuns();
  const chosen = useApp((state) => state.runs.chosen);
  const presentId = useApp((state) => state.runs.presentId);
  const unsaved = useApp((state) => state.runs.unsaved);
  const paused = useApp((state) => state.run.status.phase === 'paused');
  const overlaid = useOverlaid();
  const measure = useMeasure();
  return useMemo(() => {
    const styles = new Map(overlaid.map(({ run, style }) => [run.id, style]));
    return retained.toReversed().map((run) => ({
      run,
      chosen: chosen.includes(run.id),
      choosable: chosen.includes(run.id) || chosen.length < mostChosen,
      present: run.id === presentId,
      shortEnd: paused && run.id === presentId ? 'paused' : 'stopped',
      unsaved: unsaved.includes(run.id),
      style: styles.get(run.id) ?? presentStyle(run.config.loss),
      measured: measuredRun(run, measure ?? ownMeasure(run)),
    }));
  }, [retained, chosen, presentId, unsaved, paused, overlaid, measure]);
};

/** The runs of each category, those with the latest run first. */
export const byCategory = (
  listed: readonly ListedRun[],
): readonly (readonly [category: string, runs: readonly ListedRun[]])[] => {
  const groups = new Map<string, ListedRun[]>();
  for (const item of listed) {
    const { categoryName } = item.run;
    groups.set(categoryName, [...(groups.get(categoryName) ?? []), item]);
  }
  return [...groups];
};

/** A race with at least two retained runs, or one run. */
interface RaceOfList {
  /** Undefined for a run alone. */
  readonly raceId: string | undefined;
  /** In the order of the list. */
  readonly runs: readonly ListedRun[];
}

/** The runs of each race together, where its first run is. A race of which one run is left is no race. */
export const byRace = (listed: readonly ListedRun[]): readonly RaceOfList[] => {
  const isRace = (id: string): boolean => listed.filter(({ run }) => run.race?.id === id).length > 1;
  const seen = new Set<string>();
  return listed.flatMap((item): readonly RaceOfList[] => {
    const raceId = item.run.race?.id;
    if (raceId === undefined || !isRace(raceId)) return [{ raceId: undefined, runs: [item] }];
    if (seen.has(raceId)) return [];
    seen.add(raceId);
    return [{ raceId, runs: listed.filter(({ run }) => run.race?.id === raceId) }];
  });
};

/** Why no run can become the present run now; undefined if one can. */
export const useOpenBlocked = (): string | undefined =>
  useApp(({ run, race, dataset }) => blockedTransport(run, race, dataset.loaded !== undefined).import);

export interface RunListActions {
  /** Makes a run the present run; asks first if weights would be lost. */
  readonly open: (run: RetainedRun) => Promise<void>;
  /** Makes the runs of a race the present race; asks first if weights would be lost. */
  readonly openRace: (raceId: string) => Promise<void>;
  /** Downloads the files of a run. */
  readonly exportFiles: (run: RetainedRun) => Promise<void>;
}

export const useRunListActions = (): RunListActions => {
  const store = useAppStore();
  const { runs } = useActions();
  const confirm = useConfirm();
  const mayOpen = async (name: string): Promise<boolean> => {
    const state = store.getState();
    return (
      !losesProgress(state) ||
      confirm({
        title: `Open ${name}?`,
        body: `It replaces the trained weights (${leadingStatus(state.run, state.race).step} steps), which are not retained and will be lost.`,
        action: 'Open it',
      })
    );
  };
  return {
    open: async ({ id, name }) => {
      if (await mayOpen(name)) await runs.restore(id);
    },
    openRace: async (raceId) => {
      if (await mayOpen('the race')) await runs.restoreRace(raceId);
    },
    exportFiles: async (run) => {
      const exported = await runs.exportRun(run.id);
      if (exported) downloadRun(runFileName(run), exported);
    },
  };
};
