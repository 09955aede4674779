/** The values at the crosshair: of one pixel in all images and of one frequency in all spectra. */
import { type CSSProperties, useMemo } from 'react';
import { useStore } from 'zustand';
import type { SampleView } from '#core/history.ts';
import { channelMean, coefficientAt } from '#core/spectrum/coefficient.ts';
import { crosshair, pixelAt } from '../image/crosshair.ts';
import { residualUnit } from '../image/painted.ts';
import type { StepWeight } from '../shared/frequency-weight/use-step-weight.ts';
import type { ScoreMap } from '../shared/score-map.ts';
import { periodOf } from '../shared/spectrum/frequency-text.ts';
import { useApp } from '../shared/store-context.ts';
import { formatFigure } from '../ui/format.ts';

interface ValueProps {
  readonly name: string;
  /** The width, in digits. */
  readonly width: number;
  /** The meaning, in words. */
  readonly title?: string | undefined;
  /** Undefined without a value. */
  readonly children: string | undefined;
}

/** A named value, in a box that fits its widest possible value. */
const Value = ({ name, width, title, children }: ValueProps) => {
  const style: CSSProperties & Record<'--width', string> = { '--width': `${width}ch` };
  return (
    <span className="readout-value" title={title} style={style}>
      <span className="quiet">{name}</span>
      <span>{children ?? '–'}</span>
    </span>
  );
};

interface ReadOutProps {
  readonly sample: SampleView | undefined;
  /** The map of the score. */
  readonly map: ScoreMap;
  readonly weight: StepWeight;
  readonly side: number;
}

const rgb = (values: Float32Array, pixel: number): string =>
  [0, 1, 2].map((channel) => values[3 * pixel + channel].toFixed(3).replace(/^0/, '')).join(' ');

const signed = (value: number, digits = 0): string => value.toFixed(digits).replace('-', '−');

const periodText = (u: number, v: number, side: number): string | undefined => {
  const period = periodOf(u, v, side);
  return period === undefined ? undefined : `${period.toFixed(1)} px`;
};

const meaningOfPhase =
  'Phase of the coefficient, averaged over the channels, in (−π, π]; – if the coefficient is below rounding';

/** The phase of the channel mean at one frequency, as text. */
const usePhase = (pixels: Float32Array | undefined, side: number) => {
  const plane = useMemo(() => pixels && channelMean(pixels, side), [pixels, side]);
  return (u: number, v: number): string | undefined => {
    const phase = plane && coefficientAt(plane, side, u, v).phase;
    return phase === undefined ? undefined : `${signed(phase, 2)} rad`;
  };
};

export const ReadOut = ({ sample, map, weight, side }: ReadOutProps) => {
  const { image, spectrum, pinned } = useStore(crosshair);
  const output = sample?.output;
  const calibrated = output?.calibrated ?? false;
  const leftOver = useApp(({ view, calibration }) =>
    view.leftOverShown && calibration.leftOver?.side === side ? calibration.leftOver : undefined,
  );
  const inputPhase = usePhase(sample?.input, side);
  const outputPhase = usePhase(output?.reconstruction, side);
  const column = image && pixelAt(image.x, side);
  const row = image && pixelAt(image.y, side);
  const pixel = sample && row !== undefined && column !== undefined ? row * side + column : undefined;
  const u = spectrum && pixelAt(spectrum.y, side) - side / 2;
  const v = spectrum && pixelAt(spectrum.x, side) - side / 2;
  const pointed = u !== undefined && v !== undefined;
  const frequency = pointed ? (u + side / 2) * side + v + side / 2 : undefined;
  const weightAt = (values: Float32Array | undefined): string | undefined =>
    values && pointed ? formatFigure(values[((u + side) % side) * side + ((v + side) % side)]) : undefined;
  const imageValue = <T,>(values: T | undefined, read: (values: T, at: number) => string) =>
    values && pixel !== undefined ? read(values, pixel) : undefined;
  const magnitude = (values: Float32Array | undefined): string | undefined =>
    values && frequency !== undefined ? formatFigure(Math.expm1(values[frequency])) : undefined;
  return (
    <div className="readout number" data-testid="readout">
      <div className="readout-group" data-testid="readout-pixel">
        <Value name="x, y" width={8} title="Column and row of the pixel, from 0">
          {pixel === undefined ? undefined : `${column}, ${row}`}
        </Value>
        <Value name="input" width={16} title="Red, green and blue, 0 to 1">
          {imageValue(sample?.input, rgb)}
        </Value>
        <Value name="output" width={16} title="Red, green and blue of the reconstruction, 0 to 1">
          {imageValue(output?.reconstruction, rgb)}
        </Value>
        <Value name={map.name} width={calibrated ? 10 : 7} title={map.hint.text}>
          {imageValue(output?.residual, (values, at) => {
            const figure = formatFigure(values[at]);
            return calibrated ? `${figure} ${residualUnit(true)}` : figure;
          })}
        </Value>
        {leftOver && (
          <Value
            name="good parts"
            width={16}
            title="Mean and standard deviation of reconstruction minus input over the good training images"
          >
            {imageValue(
              leftOver,
              ({ mean, deviation }, at) => `${signed(mean[at], 4)} ± ${deviation[at].toFixed(4)}`,
            )}
          </Value>
        )}
      </div>
      <div className="readout-group" data-testid="readout-frequency">
        <Value
          name="u, v"
          width={10}
          title="Signed frequency along the rows and along the columns, cycles per image"
        >
          {pointed ? `${signed(u)}, ${signed(v)}` : undefined}
        </Value>
        <Value
          name="period"
          width={8}
          title="Period of the wave in pixels; over the input, the wave itself. The mean has none."
        >
          {pointed ? periodText(u, v, side) : undefined}
        </Value>
        <Value name="|F|" width={7} title="Magnitude of the input’s coefficient, averaged over the channels">
          {magnitude(sample?.inputSpectrum)}
        </Value>
        <Value name="∠F" width={9} title={meaningOfPhase}>
          {sample && pointed ? inputPhase(u, v) : undefined}
        </Value>
        <Value
          name="|F̂|"
          width={7}
          title="Magnitude of the reconstruction’s coefficient, averaged over the channels"
        >
          {magnitude(output?.reconstructionSpectrum)}
        </Value>
        <Value name="∠F̂" width={9} title={meaningOfPhase}>
          {output && pointed ? outputPhase(u, v) : undefined}
        </Value>
        <Value
          name="|F−F̂|"
          width={7}
          title="Magnitude of the difference’s coefficient, averaged over the channels"
        >
          {magnitude(output?.differenceSpectrum)}
        </Value>
        <Value name="w" width={7} title="Factor of this frequency’s error in the loss of the current step">
          {weightAt(weight.present) ?? weightAt(weight.final)}
        </Value>
      </div>
      <span className={pinned ? 'readout-pinned' : 'readout-hint quiet'}>
        {pinned ? 'pinned' : 'click to pin'}
      </span>
    </div>
  );
};
