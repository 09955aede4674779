/** The runs on the page Spectrum: the contestants of the race, and the overlaid retained runs. */
import { useMemo } from 'react';
import type { RunConfig } from '#core/config.ts';
import type { SampleView, SpectrumRecord } from '#core/history.ts';
import type { TestSpectra } from '#core/spectrum/test-spectra.ts';
import type { AppState } from '#store/app-state.ts';
import { contestantsOf } from '#store/race/state.ts';
import { evaluationOf } from '#store/runs/retained-run.ts';
import { shownSpectra } from '#store/spectra/held-evaluations.ts';
import { lossColors } from '../plot/curve-style.ts';
import { useShownEpoch } from '../shared/epoch-cursor.ts';
import { contestantNames } from '../shared/race/contestant-names.ts';
import { type RetainedView, useRetainedViews } from '../shared/retained-views.ts';
import { useApp } from '../shared/store-context.ts';
import { useOverlaid } from '../shared/use-overlaid.ts';
import { useThrottled } from '../shared/use-throttled.ts';
import { useRetainedSpectra } from './use-retained-spectra.ts';

export interface ShownRun {
  readonly key: string;
  readonly name: string;
  readonly color: string;
  readonly config: RunConfig;
  /** The probe's spectra, over the epochs. */
  readonly records: readonly SpectrumRecord[];
  /** The shown image at the shown epoch, or at a retained run's nearest one; undefined before the first evaluation. */
  readonly sample: SampleView | undefined;
  /** The test set's spectra at the shown epoch, or at a retained run's nearest one; undefined until they are known. */
  readonly spectra: TestSpectra | undefined;
  /** Why a retained run has no image or spectra here. */
  readonly problem: string | undefined;
}

/** At most ten times a second. */
const refreshMs = 100;

/** Runs of one loss share its color; the second and later ones are mixed with ink. */
export const runColors = (losses: readonly RunConfig['loss'][]): readonly string[] =>
  losses.map((loss, place) => {
    const before = losses.slice(0, place).filter((other) => other === loss).length;
    return before === 0
      ? lossColors[loss]
      : `color-mix(in srgb, ${lossColors[loss]} ${Math.max(25, 100 - 40 * before)}%, var(--ink))`;
  });

/** The spectra of each contestant; the same list until one of them changes. */
const useShownSpectra = (count: number): readonly (TestSpectra | undefined)[] =>
  useApp(
    useMemo(() => {
      let known: readonly (TestSpectra | undefined)[] = [];
      return (state: AppState) => {
        const next = Array.from({ length: count }, (_, place) => shownSpectra(state, place));
        const isSame = next.length === known.length && next.every((one, place) => one === known[place]);
        if (!isSame) known = next;
        return known;
      };
    }, [count]),
  );

const selectContestants = (state: AppState) => contestantsOf(state);

/** A retained run's view of the chosen image; undefined while it is missing. */
const sampleOf = (found: RetainedView | undefined, selected: number | undefined): SampleView | undefined =>
  found?.view?.index === selected ? found?.view : undefined;

/** All runs whose images have the present side, the present run first. */
export const useShownRuns = (): readonly ShownRun[] => {
  const contestants = useThrottled(selectContestants, refreshMs);
  const overlaid = useOverlaid();
  const selected = useApp((state) => state.view.selected);
  const spectra = useShownSpectra(contestants.length);
  const side = contestants[0]?.config.side;
  const kept = useMemo(
    () => overlaid.filter(({ run }) => side === undefined || run.config.side === side),
    [overlaid, side],
  );
  const viewed = useMemo(
    () => kept.map(({ run }) => ({ id: run.id, evaluation: evaluationOf(run) })),
    [kept],
  );
  const ids = useMemo(() => kept.map(({ run }) => run.id), [kept]);
  const epoch = useShownEpoch();
  const views = useRetainedViews(viewed, selected, epoch);
  const retainedSpectra = useRetainedSpectra(ids, epoch);
  return useMemo(() => {
    const losses = [...contestants, ...kept.map(({ run }) => run)].map(({ config }) => config.loss);
    const colors = runColors(losses);
    const names = contestantNames(contestants.map(({ config }) => config));
    return [
      ...contestants.map(({ config, history, sample }, place) => ({
        key: `contestant-${place}`,
        name: names[place]!,
        color: colors[place]!,
        config,
        records: history.spectra,
        sample: sample?.index === selected ? sample : undefined,
        spectra: spectra[place],
        problem: undefined,
      })),
      ...kept.map(({ run, name }, place) => ({
        key: run.id,
        name,
        color: colors[contestants.length + place]!,
        config: run.config,
        records: run.history.spectra,
        sample: sampleOf(views.get(run.id), selected),
        spectra: retainedSpectra.get(run.id)?.spectra,
        problem: views.get(run.id)?.problem ?? retainedSpectra.get(run.id)?.problem,
      })),
    ];
  }, [contestants, kept, selected, spectra, views, retainedSpectra]);
};
