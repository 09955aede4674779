/** The panel of the weight: what the loss multiplies each frequency's error with. */
import { weightHints } from '../guide/setting-hints.tsx';
import { useApp } from '../hooks/store-context.ts';
import { weightNote } from '../weights/weight-note.ts';
import { viridis } from './colour-map.ts';
import { Panel } from './Panel.tsx';
import { usePaintedMap } from './painted.ts';

interface WeightPanelProps {
  /** w(u, v), shifted as the spectra are. */
  readonly weight: Float32Array | undefined;
  readonly side: number;
  readonly placeholder: string;
}

export const WeightPanel = ({ weight, side, placeholder }: WeightPanelProps) => {
  const config = useApp((state) => state.run.config);
  const note = weightNote(config);
  const hint = weightHints[config.weight];
  const picture = usePaintedMap(weight, viridis);
  return (
    <Panel
      kind="spectrum"
      name="weight"
      title="Weight w(u, v)"
      hint={hint}
      note={note}
      side={side}
      placeholder={placeholder}
      {...picture}
    />
  );
};
