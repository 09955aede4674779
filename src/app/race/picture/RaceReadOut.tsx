/** The values at the crosshair, for every contestant. */
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { contestantsOf } from '#store/race/state.ts';
import { crosshair, pixelAt } from '../../image/crosshair.ts';
import type { NamedContestant } from '../../shared/race/use-contestants.ts';
import { useApp } from '../../shared/store-context.ts';
import { formatFigure } from '../../ui/format.ts';

/** `× 0.42`: the reconstruction's magnitude over the input's, from their log(1 + |F|). */
const ratioText = (reconstruction: number, input: number): string => {
  const expected = Math.expm1(input);
  return expected > 0 ? `× ${formatFigure(Math.expm1(reconstruction) / expected, 2)}` : 'none in the input';
};

export const RaceReadOut = ({ contestants }: { readonly contestants: readonly NamedContestant[] }) => {
  const { image, spectrum } = useStore(crosshair);
  const samples = useApp(useShallow((state) => contestantsOf(state).map(({ sample }) => sample)));
  const side = samples[0]?.side ?? 1;
  const [column, row] = image ? [pixelAt(image.x, side), pixelAt(image.y, side)] : [];
  const [v, u] = spectrum ? [pixelAt(spectrum.x, side) - side / 2, pixelAt(spectrum.y, side) - side / 2] : [];
  const each = useMemo(
    () => contestants.map(({ place, name, style }) => ({ place, name, style, sample: samples[place] })),
    [contestants, samples],
  );
  return (
    <div className="race-readout number" data-testid="race-readout">
      <span className="quiet">
        {column === undefined ? 'Point at an image for its residuals' : `x, y ${column}, ${row}`}
      </span>
      {column !== undefined &&
        row !== undefined &&
        each.map(({ place, name, style, sample }) => (
          <span key={place}>
            <i style={{ background: style.color }} /> {name}{' '}
            <b>{sample?.output ? formatFigure(sample.output.residual[row * side + column]!, 3) : '–'}</b>
          </span>
        ))}
      <span className="quiet">
        {u === undefined || v === undefined
          ? 'Point at a spectrum for the ratio'
          : `u, v ${u}, ${v}, radius ${Math.hypot(u, v).toFixed(1)}`}
      </span>
      {u !== undefined &&
        v !== undefined &&
        each.map(({ place, name, style, sample }) => {
          const at = (u + side / 2) * side + v + side / 2;
          return (
            <span key={place}>
              <i style={{ background: style.color }} /> {name}{' '}
              <b>
                {sample?.output
                  ? ratioText(sample.output.reconstructionSpectrum[at]!, sample.inputSpectrum[at]!)
                  : '–'}
              </b>
            </span>
          );
        })}
    </div>
  );
};
