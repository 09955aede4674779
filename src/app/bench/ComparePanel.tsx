/** Before and after in one panel: the input left of a divider, the reconstruction right of it. */
import { type CSSProperties, useState } from 'react';
import type { SampleView } from '#core/history.ts';
import { Panel } from '../image/Panel.tsx';
import { PixelCanvas } from '../image/PixelCanvas.tsx';
import { usePaintedImage } from '../image/painted.ts';
import { panelHints } from '../shared/hints/figure-hints.ts';
import { CompareDivider } from './CompareDivider.tsx';

interface ComparePanelProps {
  readonly sample: SampleView | undefined;
  readonly placeholder: string;
}

export const ComparePanel = ({ sample, placeholder }: ComparePanelProps) => {
  const [divider, setDivider] = useState(0.5);
  const input = usePaintedImage(sample?.input);
  const reconstruction = usePaintedImage(sample?.output?.reconstruction);
  const style: CSSProperties & Record<'--divider', number> = { '--divider': divider };
  const side = sample?.side ?? 1;
  return (
    <Panel
      name="overlay"
      title="Compare"
      hint={panelHints.compare}
      note="input | reconstruction"
      kind="image"
      side={side}
      pixels={reconstruction}
      placeholder={placeholder}
      controls={reconstruction && <CompareDivider value={divider} onChange={setDivider} />}
    >
      {reconstruction && input && (
        <span className="compare-input" style={style}>
          <PixelCanvas pixels={input} side={side} />
        </span>
      )}
    </Panel>
  );
};
