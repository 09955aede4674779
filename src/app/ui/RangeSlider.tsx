/** A slider with a name. */
import { Slider } from 'radix-ui';
import type { ReactElement } from 'react';
import { Hint } from './Hint.tsx';
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
  readonly disabled?: boolean;
  /** What it means, with its equation. */
  readonly hint?: { readonly text: string; readonly equation?: ReactElement };
}

export const RangeSlider = ({
  label,
  value,
  minimum,
  maximum,
  step,
  onChange,
  valueText,
  disabled = false,
  hint,
}: RangeSliderProps) => {
  const slider = (
    <Slider.Root
      className="range-slider"
      value={[value]}
      min={minimum}
      max={maximum}
      step={step}
      disabled={disabled}
      onValueChange={([next]) => {
        if (next !== undefined) onChange(next);
      }}
    >
      <Slider.Track className="range-slider-track">
        <Slider.Range className="range-slider-range" />
      </Slider.Track>
      <Slider.Thumb className="range-slider-thumb" aria-label={label} aria-valuetext={valueText} />
    </Slider.Root>
  );
  return hint ? (
    <Hint side="bottom" {...hint}>
      {slider}
    </Hint>
  ) : (
    slider
  );
};
