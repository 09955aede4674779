/** Over a residual: paints it on its own color scale, or on the one that it shares with other images. */
import { Hint } from '../ui/Hint.tsx';
import { controlHints } from './hints/control-hints.ts';

interface OwnScaleSwitchProps {
  /** Whether the residual has its own scale. */
  readonly own: boolean;
  readonly onChange: (own: boolean) => void;
}

export const OwnScaleSwitch = ({ own, onChange }: OwnScaleSwitchProps) => (
  <Hint {...controlHints.ownScale} side="top">
    <button
      type="button"
      className="picture-button scale-switch"
      aria-pressed={own}
      onClick={() => onChange(!own)}
    >
      Scaled to itself
    </button>
  </Hint>
);
