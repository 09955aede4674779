/** One row of the comparison: the run and its four panels. */

import { memo } from 'react';
import { epochChoiceWords } from '#core/epoch-choice.ts';
import { usesCalibration } from '#core/scores/score-names.ts';
import { viridis } from '../../image/color-map.ts';
import { Panel } from '../../image/Panel.tsx';
import { panelsOf, usePaintedImage, usePaintedMap, usePaintedResidual } from '../../image/painted.ts';
import { lossColors } from '../../plot/curve-style.ts';
import { toVariationModelWords } from '../../shared/difference.ts';
import { panelHints } from '../../shared/hints/figure-hints.ts';
import { lossLabels } from '../../shared/labels.ts';
import { PaperDifferences } from '../../shared/paper-differences/PaperDifferences.tsx';
import { scoreMapOf } from '../../shared/score-map.ts';
import { formatFigure } from '../../ui/format.ts';
import { type ComparisonRow, epochLines, isFilled } from './comparison-row.ts';

interface ComparisonPanelsProps {
  readonly row: ComparisonRow;
  /** Number of the row, from 0. */
  readonly place: number;
  /** Settings in which this row differs from others. */
  readonly settings: readonly string[];
  readonly spectrumUpper: number;
  readonly differenceUpper: number;
  /** Undefined if each residual has its own scale. */
  readonly residualUpper: number | undefined;
  readonly placeholder: string;
}

export const ComparisonPanels = memo(
  ({
    row,
    place,
    settings,
    spectrumUpper,
    differenceUpper,
    residualUpper,
    placeholder,
  }: ComparisonPanelsProps) => {
    const { view, loss, label, auroc } = row;
    const beside = toVariationModelWords(row.difference);
    const output = view?.output;
    const side = view?.side ?? 1;
    const map = scoreMapOf(row.config, output?.calibrated ?? usesCalibration(row.config));
    const reconstruction = usePaintedImage(output?.reconstruction);
    const reconstructionSpectrum = usePaintedMap(output?.reconstructionSpectrum, viridis, spectrumUpper);
    const residual = usePaintedResidual(output, residualUpper);
    const difference = usePaintedMap(output?.differenceSpectrum, viridis, differenceUpper);
    const { image, spectrum } = panelsOf(side, row.problem ?? placeholder);
    const name = (what: string): string => `comparison-${place}-${what}`;
    return (
      <section className="comparison-row" aria-label={label} data-testid={`comparison-row-${place}`}>
        <div className="comparison-label number">
          <h2>
            <i style={{ background: lossColors[loss] }} />
            {lossLabels[loss]}
          </h2>
          {label !== lossLabels[loss] && <p>{label}</p>}
          {output && (
            <p>
              score <b data-testid={`comparison-score-${place}`}>{formatFigure(output.score, 4)}</b>
            </p>
          )}
          {isFilled(row) && epochLines(row).map((line) => <p key={line}>{line}</p>)}
          {auroc?.defined && <p>image AUROC {auroc.value.toFixed(3)}</p>}
          {auroc?.defined &&
            row.aurocNotes.map((note) => (
              <p key={note} className="comparison-note">
                {note}
              </p>
            ))}
          {row.epochChoice === 'chosen-on-test' && (
            <p className="chosen-on-test">epoch {epochChoiceWords[row.epochChoice]}</p>
          )}
          <PaperDifferences of={label} {...row.paper} />
          {auroc?.defined && beside && <p>{beside}</p>}
          {settings.map((setting) => (
            <p key={setting} className="quiet">
              {setting}
            </p>
          ))}
        </div>
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
          {...reconstructionSpectrum}
        />
        <Panel
          {...image}
          name={name('residual')}
          title={`(e) ${map.title}`}
          hint={map.hint}
          note={`${map.unit}, ${residualUpper === undefined ? 'scaled to itself' : 'one scale'}`}
          {...residual}
        />
        <Panel
          {...spectrum}
          name={name('residual-spectrum')}
          title="(f) Residual |F − F̂|"
          hint={panelHints.difference}
          note="one scale"
          {...difference}
        />
      </section>
    );
  },
);
ComparisonPanels.displayName = 'ComparisonPanels';
