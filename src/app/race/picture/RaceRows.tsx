/** The race's picture: the input once, and a row for each contestant, on common color scales. */
import { type CSSProperties, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { contestantsOf } from '#store/race/state.ts';
import { largest } from '../../image/paint.ts';
import { useCrosshairLines } from '../../image/use-crosshair-lines.ts';
import { useLinkedZoom } from '../../image/use-linked-zoom.ts';
import type { NamedContestant } from '../../shared/race/use-contestants.ts';
import { useApp } from '../../shared/store-context.ts';
import { usePlaceholder } from '../../shared/use-placeholder.ts';
import { ContestantRow } from './ContestantRow.tsx';
import { InputRow } from './InputRow.tsx';
import { RadialCell } from './RadialCell.tsx';
import { SampleLabel } from './SampleLabel.tsx';

/** The upper end of all residual maps: the largest scale of the contestants' test sets. */
const useResidualUpper = (): number | undefined =>
  useApp((state) => {
    const scales = contestantsOf(state).map(({ history }) => history.evaluations.at(-1)?.residualScale ?? 0);
    return Math.max(0, ...scales) || undefined;
  });

export const RaceRows = ({ contestants }: { readonly contestants: readonly NamedContestant[] }) => {
  const sample = useApp((state) => state.view.sample);
  const residualUpper = useResidualUpper();
  const samples = useApp(useShallow((state) => contestantsOf(state).map((other) => other.sample)));
  const placeholder = usePlaceholder();
  const panels = useCrosshairLines();
  useLinkedZoom(panels);
  const spectrumUpper = useMemo(() => sample && largest(sample.inputSpectrum), [sample]);
  // Without test images, no evaluation gives a scale.
  const upper = useMemo(() => {
    if (residualUpper !== undefined) return residualUpper;
    const maps = samples.flatMap((view) => view?.output?.residual ?? []);
    return maps.length > 0 ? Math.max(...maps.map(largest)) : undefined;
  }, [residualUpper, samples]);
  const style: CSSProperties & Record<'--rows', number> = { '--rows': contestants.length + 1 };
  return (
    <div className="panels race-rows" ref={panels} style={style}>
      <InputRow
        sample={sample}
        spectrumUpper={spectrumUpper}
        placeholder={placeholder}
        label={<SampleLabel />}
        radial={<RadialCell contestants={contestants} />}
      />
      {contestants.map((contestant) => (
        <ContestantRow
          key={contestant.place}
          contestant={contestant}
          residualUpper={upper}
          spectrumUpper={spectrumUpper}
          placeholder={placeholder}
        />
      ))}
    </div>
  );
};
