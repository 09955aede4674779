/** The values under the crosshair: of the pixel in all images, of the frequency in all spectra. */

import { useStore } from 'zustand';
import type { SampleView } from '#core/history.ts';
import { formatFigure } from '../format.ts';
import { crosshair, pixelAt } from './crosshair.ts';

interface ReadOutProps {
  readonly sample: SampleView | undefined;
  /** w(u, v), shifted as the spectra are; undefined while it is not known. */
  readonly weight: Float32Array | undefined;
  readonly side: number;
}

const rgb = (values: Float32Array, pixel: number): string =>
  [0, 1, 2].map((channel) => values[3 * pixel + channel].toFixed(2).replace(/^0/, '')).join(' ');

const signed = (value: number): string => String(value).replace('-', '−');

const Value = ({ name, children }: { readonly name: string; readonly children: string | number }) => (
  <span>
    <span className="quiet">{name}</span> {children}
  </span>
);

export const ReadOut = ({ sample, weight, side }: ReadOutProps) => {
  const { image, spectrum, pinned } = useStore(crosshair);
  const column = image && pixelAt(image.x, side);
  const row = image && pixelAt(image.y, side);
  const horizontal = spectrum && pixelAt(spectrum.x, side);
  const vertical = spectrum && pixelAt(spectrum.y, side);
  const output = sample?.output;
  return (
    <div className="readout number" data-testid="readout">
      {sample && row !== undefined && column !== undefined ? (
        <>
          <Value name="x">{column}</Value>
          <Value name="y">{row}</Value>
          <Value name="input">{rgb(sample.input, row * side + column)}</Value>
          {output && (
            <>
              <Value name="output">{rgb(output.reconstruction, row * side + column)}</Value>
              <Value name="residual">{formatFigure(output.residual[row * side + column])}</Value>
            </>
          )}
        </>
      ) : (
        <span className="quiet">Point at an image or a spectrum to read its values; click to pin.</span>
      )}
      {sample && vertical !== undefined && horizontal !== undefined && (
        <>
          <i className="readout-divider" />
          <Value name="u">{signed(vertical - side / 2)}</Value>
          <Value name="v">{signed(horizontal - side / 2)}</Value>
          <Value name="|F|">
            {formatFigure(Math.expm1(sample.inputSpectrum[vertical * side + horizontal]))}
          </Value>
          {output && (
            <>
              <Value name="|F̂|">
                {formatFigure(Math.expm1(output.reconstructionSpectrum[vertical * side + horizontal]))}
              </Value>
              <Value name="|F−F̂|">
                {formatFigure(Math.expm1(output.differenceSpectrum[vertical * side + horizontal]))}
              </Value>
            </>
          )}
          {weight && <Value name="w">{formatFigure(weight[vertical * side + horizontal])}</Value>}
        </>
      )}
      {pinned && <span className="readout-pinned">pinned</span>}
    </div>
  );
};
