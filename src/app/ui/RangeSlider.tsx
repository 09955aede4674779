/** A slider with a name. */
import { Slider } from 'radix-ui';
import { Hint, type HintContent } from './Hint.tsx';
import './range-slider.css';

interface RangeSliderProps {
  readonly label: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  /** The value in words, for screen readers. */
  readonly valueText?: string;
  /** Why it is blocked now; undefined if it works. */
  readonly blocked?: string | undefined;
  /** Its hint; undefined if an element around it has the hint. */
  readonly hint?: HintContent;
}

export const RangeSlider = ({
  label,
  value,
  minimum,
  maximum,
  step,
  onChange,
  valueText,
  blocked,
  hint,
}: RangeSliderProps) => {
  const slider = (
    <Slider.Root
      className="range-slider"
      value={[value]}
      min={minimum}
      max={maximum}
      step={step}
      disabled={blocked !== undefined}
      onValueChange={([next]) => {
        if (next !== undefined) onChange(next);
      }}
    >
      <Slider.Track className="range-slider-track">
        <Slider.Range className="range-slider-range" />
      </Slider.Track>
      {/* A blocked slider still takes the focus, since its hint says why it is blocked. */}
      <Slider.Thumb
        className="range-slider-thumb"
        tabIndex={0}
        aria-label={label}
        aria-valuetext={valueText}
        aria-disabled={blocked !== undefined || undefined}
      />
    </Slider.Root>
  );
  return hint ? (
    <Hint side="bottom" blocked={blocked} {...hint}>
      {slider}
    </Hint>
  ) : (
    slider
  );
};
