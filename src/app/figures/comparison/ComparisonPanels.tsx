/** One row of the comparison: what the run is, and its five panels. */
import { memo, useMemo } from 'react';
import { inferno, viridis } from '../../bench/colour-map.ts';
import { Panel } from '../../bench/Panel.tsx';
import { largest, paintMap, paintRgb } from '../../bench/paint.ts';
import { lossColours } from '../../charts/axis-style.ts';
import { formatFigure } from '../../format.ts';
import { panelHints } from '../../guide/figure-hints.tsx';
import { lossLabels } from '../../loss-labels.ts';
import type { ComparisonRow } from './comparison-row.ts';

interface ComparisonPanelsProps {
  readonly row: ComparisonRow;
  /** Number of the row, from 0. */
  readonly place: number;
  /** Settings in which it differs from other rows. */
  readonly settings: readonly string[];
  readonly spectrumUpper: number;
  /** Undefined where each residual has a scale of its own. */
  readonly residualUpper: number | undefined;
  readonly placeholder: string;
}

export const ComparisonPanels = memo(
  ({ row, place, settings, spectrumUpper, residualUpper, placeholder }: ComparisonPanelsProps) => {
    const { view, loss, label, auroc } = row;
    const output = view?.output;
    const side = view?.side ?? 1;
    const upper = residualUpper ?? (output ? largest(output.residual) : 0);
    const spectrumScale = useMemo(
      () => ({ table: viridis, lower: 0, upper: spectrumUpper }),
      [spectrumUpper],
    );
    const residualScale = useMemo(() => ({ table: inferno, lower: 0, upper }), [upper]);
    const input = useMemo(() => view && paintRgb(view.input), [view]);
    const inputSpectrum = useMemo(
      () => view && paintMap(view.inputSpectrum, viridis, 0, spectrumUpper),
      [view, spectrumUpper],
    );
    const reconstruction = useMemo(() => output && paintRgb(output.reconstruction), [output]);
    const reconstructionSpectrum = useMemo(
      () => output && paintMap(output.reconstructionSpectrum, viridis, 0, spectrumUpper),
      [output, spectrumUpper],
    );
    const residual = useMemo(() => output && paintMap(output.residual, inferno, 0, upper), [output, upper]);
    const panel = { side, placeholder: row.problem ?? placeholder } as const;
    const image = { ...panel, kind: 'image' } as const;
    const spectrum = { ...panel, kind: 'spectrum', scale: spectrumScale } as const;
    const name = (what: string): string => `comparison-${place}-${what}`;
    return (
      <section className="comparison-row" aria-label={label} data-testid={`comparison-row-${place}`}>
        <div className="comparison-label number">
          <h2>
            <i style={{ background: lossColours[loss] }} />
            {lossLabels[loss]}
          </h2>
          {label !== lossLabels[loss] && <p>{label}</p>}
          {output && (
            <p>
              score <b data-testid={`comparison-score-${place}`}>{formatFigure(output.score, 4)}</b>
            </p>
          )}
          {output && <p>epoch {output.epoch}</p>}
          {auroc?.defined && <p>image AUROC {auroc.value.toFixed(3)}</p>}
          {settings.map((setting) => (
            <p key={setting} className="quiet">
              {setting}
            </p>
          ))}
        </div>
        <Panel
          {...image}
          name={name('input')}
          title="(a) Input"
          hint={panelHints.input}
          note=""
          pixels={input}
        />
        <Panel
          {...spectrum}
          name={name('input-spectrum')}
          title="(b) Input |F|"
          hint={panelHints.inputSpectrum}
          note="log(1 + |F|)"
          pixels={inputSpectrum}
        />
        <Panel
          {...image}
          name={name('reconstruction')}
          title="(c) Reconstruction"
          hint={panelHints.reconstruction}
          note=""
          pixels={reconstruction}
        />
        <Panel
          {...spectrum}
          name={name('reconstruction-spectrum')}
          title="(d) Reconstruction |F̂|"
          hint={panelHints.reconstructionSpectrum}
          note="as (b)"
          pixels={reconstructionSpectrum}
        />
        <Panel
          {...image}
          name={name('residual')}
          title="(e) Residual"
          hint={panelHints.residual}
          note={residualUpper === undefined ? 'squared, own scale' : 'squared, one scale'}
          pixels={residual}
          scale={residualScale}
        />
      </section>
    );
  },
);
ComparisonPanels.displayName = 'ComparisonPanels';
