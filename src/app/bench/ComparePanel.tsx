/** The input left of a divider and the reconstruction right of it, in one panel. */
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { SampleView } from '#core/history.ts';
import type { PartState } from '#store/view/shown.ts';
import { Panel } from '../image/Panel.tsx';
import { PixelCanvas } from '../image/PixelCanvas.tsx';
import { usePaintedImage } from '../image/painted.ts';
import { controlHints } from '../shared/hints/control-hints.ts';
import { panelHints } from '../shared/hints/figure-hints.ts';
import { formatPercent } from '../ui/format.ts';
import { Hint } from '../ui/Hint.tsx';

interface CompareDividerProps {
  /** Share of the panel left of the line. */
  readonly value: number;
  readonly onChange: (value: number) => void;
}

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -0.01,
  ArrowDown: -0.01,
  ArrowRight: 0.01,
  ArrowUp: 0.01,
  PageDown: -0.1,
  PageUp: 0.1,
};

const within = (value: number): number => Math.min(1, Math.max(0, value));

/** The divider between two images, moved by pointer or keys. */
const CompareDivider = ({ value, onChange }: CompareDividerProps) => {
  const held = useRef(false);
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    held.current = true;
  };
  const onPointerMove = ({ currentTarget, clientX }: PointerEvent): void => {
    const frame = currentTarget.parentElement?.getBoundingClientRect();
    if (held.current && frame) onChange(within((clientX - frame.left) / frame.width));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    const target =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? 1
          : step && value + step * (event.shiftKey && Math.abs(step) < 0.1 ? 10 : 1);
    if (target === undefined) return;
    event.preventDefault();
    onChange(within(target));
  };
  return (
    <Hint {...controlHints.compareDivider} side="bottom">
      <div
        className="compare-divider"
        role="slider"
        tabIndex={0}
        aria-label="Divider between input and reconstruction"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * value)}
        aria-valuetext={`input on the left ${formatPercent(value)}`}
        style={{ left: `${100 * value}%` }}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onLostPointerCapture={() => {
          held.current = false;
        }}
        onKeyDown={onKeyDown}
      >
        <i />
      </div>
    </Hint>
  );
};

interface ComparePanelProps {
  readonly sample: SampleView | undefined;
  readonly shown: PartState | undefined;
  readonly placeholder: string;
}

export const ComparePanel = ({ sample, shown, placeholder }: ComparePanelProps) => {
  const [divider, setDivider] = useState(0.5);
  const input = usePaintedImage(sample?.input);
  const reconstruction = usePaintedImage(sample?.output?.reconstruction);
  const style: CSSProperties & Record<'--divider', number> = { '--divider': divider };
  const side = sample?.side ?? 1;
  return (
    <Panel
      name="overlay"
      shown={shown}
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
