/** The image bench: one image, its reconstruction and residual, their spectra and the weight, side by side. */
import { useState } from 'react';
import { usesCalibration } from '#core/scores/score-names.ts';
import type { AppState } from '#store/app-state.ts';
import { presentReferences } from '#store/baselines/state.ts';
import { steadyResidualScale } from '#store/run/residual-scale.ts';
import { latestEvaluation } from '#store/run/state.ts';
import { inferno, viridis } from '../image/color-map.ts';
import { Panel } from '../image/Panel.tsx';
import {
  panelsOf,
  residualUnit,
  usePaintedImage,
  usePaintedMap,
  usePaintedResidual,
} from '../image/painted.ts';
import { useCrosshairLines } from '../image/use-crosshair-lines.ts';
import { useLinkedZoom } from '../image/use-linked-zoom.ts';
import { useStepWeight } from '../shared/frequency-weight/use-step-weight.ts';
import { controlHints } from '../shared/hints/control-hints.ts';
import { panelHints } from '../shared/hints/figure-hints.ts';
import { OwnScaleSwitch } from '../shared/OwnScaleSwitch.tsx';
import { type ScoreMap, scoreMapOf, scoringSettings } from '../shared/score-map.ts';
import { differenceUpper } from '../shared/spectrum/spectra-scales.ts';
import { WaveOverlay } from '../shared/spectrum/WaveOverlay.tsx';
import { useActions, useApp } from '../shared/store-context.ts';
import { usePlaceholder } from '../shared/use-placeholder.ts';
import { usePartState } from '../shared/use-shown.ts';
import { formatFigure } from '../ui/format.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { useScrollRegion } from '../ui/use-scroll-region.ts';
import { EpochScrubber } from './EpochScrubber.tsx';
import { LeftOverPanels } from './LeftOverPanels.tsx';
import { OverlayPanel } from './OverlayPanel.tsx';
import { ReadOut } from './ReadOut.tsx';
import { SampleHeader } from './SampleHeader.tsx';
import { ShownLine } from './ShownLine.tsx';
import { usePastEpoch, useShownSample } from './use-shown-sample.ts';
import { WeightPanel } from './WeightPanel.tsx';
import { ZoomReadOut } from './ZoomReadOut.tsx';
import './bench.css';

const sources = [
  { value: 'model', label: 'Model', hint: controlHints.modelSource },
  { value: 'mean-image', label: 'Mean image', hint: controlHints.meanImageSource },
] as const;

/** Switches the panels between the model's reconstruction and the mean good image. */
const SourceSwitch = () => {
  const source = useApp((state) => state.view.reconstructionSource);
  const { view } = useActions();
  return (
    <Segmented
      compact
      label="Reconstruction shows"
      value={source}
      options={sources}
      onChange={(reconstructionSource) => view.set({ reconstructionSource })}
    />
  );
};

const mapNote = (map: ScoreMap, calibrated: boolean, upper: number | undefined): string => {
  const unit = residualUnit(calibrated);
  if (upper === undefined) return `${map.unit}, scaled to itself`;
  return `0 to ${formatFigure(upper, 2)}${unit === undefined ? '' : ` ${unit}`}, test set, steady`;
};

/** Upper end of the residuals' color scale for the mean good image, over the whole test set. */
const meanScaleOf = ({ run, baselines }: AppState, calibrated: boolean): number | undefined => {
  const references = presentReferences(baselines, run);
  if (!references?.defined) return undefined;
  return (calibrated ? references.variationModel : references.meanImage).residualScale || undefined;
};

export const Bench = () => {
  const sample = useShownSample();
  const ofMean = useApp((state) => state.view.reconstructionSource === 'mean-image');
  const configSide = useApp((state) => state.run.config.side);
  const steadyScale = useApp((state) => steadyResidualScale(state.run.history.evaluations));
  const evaluation = useApp((state) => latestEvaluation(state.run));
  const placeholder = usePlaceholder();
  const panels = useCrosshairLines();
  useLinkedZoom(panels);
  const past = usePastEpoch();
  const side = sample?.side ?? configSide;
  const weight = useStepWeight(side);
  const output = sample?.output;
  const meanScale = useApp((state) => meanScaleOf(state, output?.calibrated === true));
  const wantsCalibrated = !ofMean && evaluation !== undefined && usesCalibration(evaluation);
  // On a scale of distances, a raw residual would be black.
  const isUncalibrated = output !== undefined && wantsCalibrated && !output.calibrated;
  // Without test images there is no common scale: each image has its own.
  const modelScale = isUncalibrated ? undefined : steadyScale;
  const commonUpper = ofMean ? meanScale : modelScale;
  const [ownScale, setOwnScale] = useState(false);
  const residualUpper = ownScale ? undefined : commonUpper;
  const map = useApp((state) => scoreMapOf(scoringSettings(state), output?.calibrated === true));
  const leftOverShown = useApp((state) => state.view.leftOverShown) && wantsCalibrated;

  const input = usePaintedImage(sample?.input);
  const reconstruction = usePaintedImage(output?.reconstruction);
  const residual = usePaintedResidual(output, residualUpper);
  const inputSpectrum = usePaintedMap(sample?.inputSpectrum, viridis);
  const reconstructionSpectrum = usePaintedMap(
    output?.reconstructionSpectrum,
    viridis,
    inputSpectrum?.scale.upper,
  );
  const difference = usePaintedMap(
    output?.differenceSpectrum,
    inferno,
    sample && differenceUpper(sample.inputSpectrum, side),
  );

  const { image, spectrum } = panelsOf(side, placeholder);
  const pictures = usePartState('pictures');
  const shown = ofMean ? undefined : pictures;
  const noteOr = (present: string) =>
    ofMean ? { note: present } : { note: past ?? present, noteStressed: past !== undefined };
  return (
    <section className="bench" aria-label="Image bench">
      <ShownLine />
      <SampleHeader />
      <section className="bench-area" aria-label="Panels" {...useScrollRegion('y')}>
        <div className="panels bench-panels" data-left-over={leftOverShown} ref={panels}>
          <Panel
            {...image}
            name="input"
            title="Input"
            hint={panelHints.input}
            note={`${side} × ${side} px`}
            pixels={input}
          >
            <WaveOverlay input={sample?.input} side={side} />
          </Panel>
          <Panel
            {...image}
            name="reconstruction"
            shown={shown}
            title={ofMean ? 'Mean good image' : 'Reconstruction'}
            hint={ofMean ? panelHints.meanImage : panelHints.reconstruction}
            {...noteOr(ofMean ? 'no network' : output ? `epoch ${output.epoch}` : '')}
            pixels={reconstruction}
          />
          <Panel
            {...image}
            name="residual"
            shown={shown}
            title={map.title}
            hint={map.hint}
            {...(isUncalibrated
              ? { note: 'raw: not calibrated', noteStressed: true }
              : noteOr(mapNote(map, output?.calibrated ?? false, residualUpper)))}
            {...residual}
            controls={
              residual &&
              commonUpper !== undefined && <OwnScaleSwitch own={ownScale} onChange={setOwnScale} />
            }
          />
          <OverlayPanel
            sample={sample}
            mapName={map.title}
            shown={shown}
            upper={residual?.scale.upper ?? 0}
            placeholder={placeholder}
          />
          {leftOverShown && <LeftOverPanels />}
          <Panel
            {...spectrum}
            name="spectrum-input"
            title="Input |F|"
            hint={panelHints.inputSpectrum}
            note="log(1 + |F|)"
            {...inputSpectrum}
          />
          <Panel
            {...spectrum}
            name="spectrum-reconstruction"
            shown={shown}
            title={ofMean ? 'Mean image |F̂|' : 'Reconstruction |F̂|'}
            hint={panelHints.reconstructionSpectrum}
            note="as input"
            {...reconstructionSpectrum}
          />
          <Panel
            {...spectrum}
            name="spectrum-difference"
            shown={shown}
            title="Difference |F − F̂|"
            hint={panelHints.difference}
            note="one scale for all epochs"
            {...difference}
          />
          <WeightPanel weight={weight} side={side} />
        </div>
      </section>
      <div className="bench-foot">
        <SourceSwitch />
        <EpochScrubber />
        <ZoomReadOut />
      </div>
      <ReadOut sample={sample} map={map} weight={weight} side={side} />
    </section>
  );
};
