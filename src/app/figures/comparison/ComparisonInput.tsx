/** The head of the comparison: the image once, its spectrum, and the radial curves of all rows. */
import { useEffect, useMemo, useRef } from 'react';
import { viridis } from '../../image/color-map.ts';
import { Panel } from '../../image/Panel.tsx';
import { panelsOf, usePaintedImage, usePaintedMap } from '../../image/painted.ts';
import { RadialChart } from '../../plot/radial/RadialChart.tsx';
import { grownRange, type RatioRange } from '../../plot/radial/radial-axis.ts';
import { figureHints, panelHints } from '../../shared/hints/figure-hints.ts';
import { type ComparisonRow, isFilled, radialCurves } from './comparison-row.ts';

interface ComparisonInputProps {
  readonly rows: readonly ComparisonRow[];
  readonly spectrumUpper: number;
  /** The settings that all rows share. */
  readonly note: string;
  readonly placeholder: string;
}

export const ComparisonInput = ({ rows, spectrumUpper, note, placeholder }: ComparisonInputProps) => {
  const view = rows.find((row) => row.view !== undefined)?.view;
  const side = view?.side ?? 1;
  const input = usePaintedImage(view?.input);
  const inputSpectrum = usePaintedMap(view?.inputSpectrum, viridis, spectrumUpper);
  const { image, spectrum } = panelsOf(side, placeholder);
  const curves = useMemo(() => radialCurves(rows.filter(isFilled)), [rows]);
  // The range only grows while the same image is shown, so that the curves move and not the axis.
  const held = useRef<{ readonly path: string | undefined; readonly range: RatioRange }>(undefined);
  const range = grownRange(held.current?.path === view?.path ? held.current?.range : undefined, curves);
  useEffect(() => {
    held.current = { path: view?.path, range };
  }, [view?.path, range]);
  return (
    <section className="comparison-row comparison-head" aria-label="Input">
      <div className="comparison-label number">
        <h2>Input</h2>
        <p className="quiet">once for all rows</p>
      </div>
      <Panel
        {...image}
        name="comparison-input"
        title="(a) Input"
        hint={panelHints.input}
        note=""
        pixels={input}
      />
      <Panel
        {...spectrum}
        name="comparison-input-spectrum"
        title="(b) Input |F|"
        hint={panelHints.inputSpectrum}
        note="log(1 + |F|)"
        {...inputSpectrum}
      />
      <div className="comparison-radial">
        <RadialChart
          title="Residual by frequency"
          note={note}
          hint={figureHints.comparisonRadial}
          side={view?.side ?? 2}
          curves={curves}
          range={range}
          empty={curves.length > 0 ? undefined : placeholder}
        />
      </div>
    </section>
  );
};
