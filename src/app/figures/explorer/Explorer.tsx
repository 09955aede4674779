/** Fig. 1 of the paper, live: an image, its spectrum with the cut-offs, and both after the filter. */
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { ColorBar } from '../../image/ColorBar.tsx';
import { Panel } from '../../image/Panel.tsx';
import { PixelCanvas } from '../../image/PixelCanvas.tsx';
import { panelsOf } from '../../image/painted.ts';
import { useCrosshairLines } from '../../image/use-crosshair-lines.ts';
import { panelHints } from '../../shared/hints/figure-hints.ts';
import { useActions, useApp } from '../../shared/store-context.ts';
import { useWalkKeys } from '../../shared/use-walk-keys.ts';
import { formatFigure } from '../../ui/format.ts';
import { Hint } from '../../ui/Hint.tsx';
import { EnergyCurve } from './EnergyCurve.tsx';
import { ExplorerControls } from './ExplorerControls.tsx';
import { bandOf, cutOffAt, cutOffsOf, explorer } from './explorer-state.ts';
import { FilteredRuns } from './FilteredRuns.tsx';
import { filterFigure } from './filter-figure.ts';
import { takeFile } from './open-image.ts';
import { SpectrumHandles } from './SpectrumHandles.tsx';
import { useFiltered } from './use-filtered.ts';
import { useFilteredRuns } from './use-filtered-runs.ts';
import './explorer.css';

export const Explorer = () => {
  const sample = useApp((state) => state.view.sample);
  const opened = useStore(explorer, (state) => state.opened);
  const source = useStore(explorer, (state) => state.source);
  const contrast = useStore(explorer, (state) => state.contrast);
  const lines = useCrosshairLines();
  const dropped = useApp((state) => state.view.droppedImage);
  const { view } = useActions();
  useEffect(() => {
    if (!dropped) return;
    view.set({ droppedImage: undefined });
    void takeFile(dropped);
  }, [dropped, view]);

  const fromFile = source === 'file';
  useWalkKeys(!fromFile);
  const image = useMemo(() => {
    if (fromFile) return opened;
    return sample && { pixels: sample.input, side: sample.side };
  }, [fromFile, opened, sample]);
  const filtered = useFiltered(image);
  const side = filtered?.side ?? image?.side ?? 1;
  const runs = useFilteredRuns(side);
  const category = useApp((state) => state.dataset.loaded?.category.name);
  const path = useApp(({ view, dataset }) =>
    view.selected === undefined ? undefined : dataset.loaded?.samples[view.selected]?.path,
  );
  const title = fromFile ? opened?.name : category && path && `${category}: ${path}`;
  const layOut = useMemo(() => {
    if (!filtered || title === undefined) return undefined;
    return () => {
      const state = explorer.getState();
      const cutOffs = cutOffsOf(state.mode).map((which) => cutOffAt(state, which, filtered.side));
      const { contrast } = state;
      const shownRuns = fromFile ? [] : runs;
      return filterFigure({
        title,
        filtered,
        band: bandOf(state, filtered.side),
        cutOffs,
        contrast,
        runs: shownRuns,
      });
    };
  }, [filtered, title, runs, fromFile]);
  const placeholder = fromFile ? 'Open an image, or drop one here' : 'Loading';
  const { image: imagePanel, spectrum: spectrumPanel } = panelsOf(side, placeholder);
  return (
    <section className="explorer" aria-label="Filter explorer">
      <ExplorerControls side={side} filtered={filtered} layOut={layOut} />
      <div className="explorer-pictures panels" ref={lines}>
        <figure className="panel explorer-spectrum" data-testid="panel-filter-spectrum">
          <figcaption>
            <Hint {...panelHints.inputSpectrum} side="top">
              <b>Spectrum |F|</b>
            </Hint>
            <span className="number">log(1 + |F|), drag the circles</span>
          </figcaption>
          <div className="picture picture-spectrum">
            {filtered ? (
              <>
                <PixelCanvas pixels={filtered.spectrum.pixels} side={side} />
                <SpectrumHandles side={side} />
                <ColorBar scale={filtered.spectrum.scale} />
              </>
            ) : (
              <span className="placeholder">{placeholder}</span>
            )}
          </div>
        </figure>
        <Panel
          {...imagePanel}
          name="filter-image"
          title="Image"
          hint={panelHints.input}
          note={`${side} × ${side} px`}
          pixels={filtered?.image}
        />
        <Panel
          {...imagePanel}
          name="filtered-image"
          title="Filtered image"
          hint={panelHints.filteredImage}
          note={filtered?.meanRemoved ? `mid gray is 0, × ${contrast}` : 'clipped to black and white'}
          pixels={filtered?.filteredImage}
        />
        <Panel
          {...imagePanel}
          name="filter-residual"
          title="Residual"
          hint={panelHints.filteredResidual}
          note={filtered ? `squared, sum ${formatFigure(filtered.residualEnergy)}` : ''}
          {...filtered?.residual}
        />
        <Panel
          {...spectrumPanel}
          name="filtered-spectrum"
          title="Filtered |F|"
          hint={panelHints.filteredSpectrum}
          note="as the spectrum"
          {...filtered?.filteredSpectrum}
        />
        <EnergyCurve side={side} energyWithin={filtered?.energyWithin} />
        {!fromFile && <FilteredRuns side={side} runs={runs} />}
      </div>
    </section>
  );
};
