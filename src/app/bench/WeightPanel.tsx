/** The panel of the frequency weight. */
import { useMemo } from 'react';
import { fftshift } from '#core/spectrum/fftshift.ts';
import { viridis } from '../image/color-map.ts';
import { Panel } from '../image/Panel.tsx';
import { usePaintedMap } from '../image/painted.ts';
import type { StepWeight } from '../shared/frequency-weight/use-step-weight.ts';
import { halfAndHalf } from '../shared/frequency-weight/use-step-weight.ts';
import { exponentText, weightNote } from '../shared/frequency-weight/weight-note.ts';
import { weightHints } from '../shared/hints/setting-hints.ts';
import { useApp } from '../shared/store-context.ts';

interface WeightPanelProps {
  readonly weight: StepWeight;
  readonly side: number;
}

export const WeightPanel = ({ weight: { final, present, exponent, missing }, side }: WeightPanelProps) => {
  const config = useApp((state) => state.run.config);
  const { text, ...hint } = weightHints[config.weight];
  const map = useMemo(() => {
    const values = final && present ? halfAndHalf(present, final, side) : final;
    return values && fftshift(values, side, side);
  }, [final, present, side]);
  const picture = usePaintedMap(map, viridis);
  const now = `${exponentText(exponent)} | final`;
  return (
    <Panel
      kind="spectrum"
      name="weight"
      title="Weight map"
      hint={{
        ...hint,
        text: present
          ? `${text} Left half: the weight of the curriculum’s current step. Right half: the final weight.`
          : text,
      }}
      note={present ? now : weightNote(config)}
      side={side}
      placeholder={missing}
      {...picture}
    />
  );
};
