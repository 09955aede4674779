/** Figs. 2, 4 and 5 of the paper: one image across losses, in a row each. */
import { type CSSProperties, type ReactNode, useMemo } from 'react';
import { useStore } from 'zustand';
import { useCrosshairLines } from '../../image/use-crosshair-lines.ts';
import { lossColors } from '../../plot/curve-style.ts';
import { colorOnPaper } from '../../plot/export/computed-paint.ts';
import { comparison } from '../../shared/comparison-state.ts';
import { figureHints } from '../../shared/hints/figure-hints.ts';
import { RescoreRuns } from '../../shared/measure/RescoreRuns.tsx';
import { useApp } from '../../shared/store-context.ts';
import { usePlaceholder } from '../../shared/use-placeholder.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { ExportFigure } from '../ExportFigure.tsx';
import { ChooseRuns } from './ChooseRuns.tsx';
import { ComparisonEpoch } from './ComparisonEpoch.tsx';
import { ComparisonInput } from './ComparisonInput.tsx';
import { ComparisonPanels } from './ComparisonPanels.tsx';
import { commonScales, isFilled, residualUpper } from './comparison-row.ts';
import { type FigureContent, figureLayout, figureName } from './figure-layout.ts';
import { ownSettings, sharedSettings } from './settings-in-words.ts';
import { useComparisonRows } from './use-comparison-rows.ts';
import './comparison.css';

const scaleChoices = [
  { value: 'common', label: 'One scale', hint: figureHints.commonScale },
  { value: 'own', label: 'Scaled to itself', hint: figureHints.ownScales },
] as const;

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** @param gallery the images to choose from */
export const Comparison = ({ gallery }: { readonly gallery: ReactNode }) => {
  const rows = useComparisonRows();
  const category = useApp((state) => state.dataset.loaded?.category.name);
  const path = useApp((state) => state.view.sample?.path);
  const ownScales = useStore(comparison, (state) => state.ownResidualScales);
  const placeholder = usePlaceholder();
  const lines = useCrosshairLines();
  const scales = useMemo(() => commonScales(rows), [rows]);
  const rowIds = useMemo(() => rows.map(({ id }) => id), [rows]);
  const configs = useMemo(() => rows.map(({ config }) => config), [rows]);
  const settings = useMemo(() => configs.map((config) => ownSettings(config, configs)), [configs]);
  const content = useMemo((): FigureContent | undefined => {
    const filled = rows.filter(isFilled);
    if (filled.length === 0 || category === undefined || path === undefined) return undefined;
    return {
      category,
      path,
      rows: filled,
      ownResidualScales: ownScales,
      colorOf: (loss) => colorOnPaper(lossColors[loss]),
    };
  }, [rows, category, path, ownScales]);
  const style: CSSProperties & Record<'--rows', number> = { '--rows': rows.length + 1 };
  return (
    <section className="comparison" aria-label="Comparison">
      <div className="comparison-tools">
        <ChooseRuns />
        <ComparisonEpoch />
        <RescoreRuns ids={rowIds} />
        <span className="comparison-scales">
          <span className="quiet">Residuals</span>
          <Segmented
            compact
            label="Residuals’ color scale"
            value={ownScales ? 'own' : 'common'}
            options={scaleChoices}
            onChange={(choice) => comparison.setState({ ownResidualScales: choice === 'own' })}
          />
        </span>
        <ExportFigure
          layOut={content && (() => ({ name: figureName(content), figure: figureLayout(content) }))}
          contents="All rows"
          blocked="No row has pictures yet."
        />
      </div>
      <div className="comparison-rows panels" ref={lines} style={style}>
        <ComparisonInput
          rows={rows}
          spectrumUpper={scales.spectrum}
          note={sharedSettings(configs).join(', ')}
          placeholder={placeholder}
        />
        {rows.map((row, place) => (
          <ComparisonPanels
            key={row.id}
            row={row}
            place={place}
            settings={settings[place] ?? []}
            spectrumUpper={scales.spectrum}
            differenceUpper={scales.difference}
            residualUpper={ownScales ? undefined : residualUpper(scales, row)}
            placeholder={placeholder}
          />
        ))}
      </div>
      <p className="comparison-caption number">
        {capitalised(sharedSettings(configs).join(', '))}. Spectra: log(1 + |F|), 0 to the largest of all
        rows; those of residuals to the largest of the input besides the mean. Residual: squared, summed over
        channels, or its squared distance from those of good images in units of their spread (σ²) where it is
        calibrated; square-root color scale.
      </p>
      {gallery}
    </section>
  );
};
