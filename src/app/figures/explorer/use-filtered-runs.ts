/** The explorer's band of reconstructions and their residuals. */
import { useMemo } from 'react';
import type { Metric, SampleView } from '#core/history.ts';
import { bandGain } from '#core/spectrum/radial-band.ts';
import { createRadialFilter, type RadialFilter } from '#core/spectrum/radial-filter.ts';
import { contestantsOf } from '#store/race/state.ts';
import { type Pixels, paintRgb, paintSigned } from '../../image/paint.ts';
import { contestantNames } from '../../shared/race/contestant-names.ts';
import { useApp } from '../../shared/store-context.ts';
import { useComparisonRows } from '../comparison/use-comparison-rows.ts';
import { bandOf, explorer } from './explorer-state.ts';
import { inBand, type PartInBand } from './part-in-band.ts';
import { usePainted } from './use-painted.ts';

/** A run with its reconstruction of the image. */
export interface ExplorerRun {
  readonly key: string;
  readonly name: string;
  readonly view: SampleView;
}

export interface FilteredRun {
  readonly key: string;
  readonly name: string;
  readonly epoch: number;
  readonly side: number;
  /** The reconstruction with only the band's frequencies. */
  readonly reconstruction: Pixels;
  /** The residual x - y with only these frequencies, around mid gray. */
  readonly residual: Pixels;
  /** Residual power over image power in the band. */
  readonly lost: Metric;
}

interface Prepared {
  readonly run: ExplorerRun;
  readonly reconstruction: RadialFilter;
  readonly residual: RadialFilter;
}

const prepare = (run: ExplorerRun): Prepared[] => {
  const { input, output, side } = run.view;
  if (!output) return [];
  const residual = input.map((value, i) => value - output.reconstruction[i]!);
  return [
    {
      run,
      reconstruction: createRadialFilter(output.reconstruction, side),
      residual: createRadialFilter(residual, side),
    },
  ];
};

const paint = ({ run, reconstruction, residual }: Prepared): FilteredRun => {
  const state = explorer.getState();
  const { side } = reconstruction;
  const band = bandOf(state, side);
  const meanRemoved = bandGain(band, 0) === 0;
  const passed = reconstruction.apply(band).pixels;
  const parts: PartInBand = { input: run.view.inputPower, residual: run.view.output!.residualPower };
  return {
    key: run.key,
    name: run.name,
    epoch: run.view.output!.epoch,
    side,
    reconstruction: meanRemoved ? paintSigned(passed, state.contrast) : paintRgb(passed),
    residual: paintSigned(residual.apply(band).pixels, state.contrast),
    lost: inBand(parts, band),
  };
};

const prepareAll = (runs: readonly ExplorerRun[]): readonly Prepared[] => runs.flatMap(prepare);
const paintAll = (prepared: readonly Prepared[]): readonly FilteredRun[] => prepared.map(paint);
const none: readonly FilteredRun[] = [];

/** The contestants, then the retained runs of the comparison: those that have reconstructed the shown image. */
const useExplorerRuns = (side: number): readonly ExplorerRun[] => {
  const contestants = useApp(contestantsOf);
  const rows = useComparisonRows();
  const selected = useApp((state) => state.view.selected);
  return useMemo(() => {
    const names = contestantNames(contestants.map(({ config }) => config));
    return [
      ...contestants.map(({ sample }, place) => ({
        key: `contestant-${place}`,
        name: names[place]!,
        view: sample,
      })),
      ...rows.flatMap(({ id, label, view }) => (id === 'present' ? [] : [{ key: id, name: label, view }])),
    ].flatMap(({ view, ...run }) =>
      view?.output && view.index === selected && view.side === side ? [{ ...run, view }] : [],
    );
  }, [contestants, rows, selected, side]);
};

/** Follows the explorer's settings and the runs that have reconstructed the shown image. */
export const useFilteredRuns = (side: number): readonly FilteredRun[] =>
  usePainted(useExplorerRuns(side), prepareAll, paintAll, none);
