/** The radial curves of all contestants for the shown image, with their axes. */
import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { contestantsOf } from '#store/race/state.ts';
import type { ChartMark } from '../../plot/CurveChart.tsx';
import type { NamedCurve } from '../../plot/curves.ts';
import type { NamedContestant } from '../../shared/race/use-contestants.ts';
import { useApp } from '../../shared/store-context.ts';
import { powerAxis, radialAxis, radialCurve } from './radial-curves.ts';

/** Where nothing is learned: the residual has the power of the image. */
const nothingLearned: readonly ChartMark[] = [{ at: { y: 1 }, color: 'var(--ink-quiet)' }];

export const useRadial = (contestants: readonly NamedContestant[]) => {
  const samples = useApp(useShallow((state) => contestantsOf(state).map(({ sample }) => sample)));
  const curves = useMemo(
    (): readonly NamedCurve[] =>
      contestants.map(({ place, name, style }) => {
        const sample = samples[place];
        return { key: `${place}`, name, style, points: sample ? radialCurve(sample) : [] };
      }),
    [contestants, samples],
  );
  const side = samples[0]?.side ?? 32;
  const abscissa = useMemo(() => radialAxis(side), [side]);
  const ordinate = useMemo(() => powerAxis(curves.map(({ points }) => points)), [curves]);
  return {
    curves,
    abscissa,
    ordinate,
    marks: nothingLearned,
    isEmpty: curves.every(({ points }) => points.length === 0),
  };
};
