/** The spectra of the shown image: input, and for each run reconstruction, ratio and difference. */
import type { SampleView } from '#core/history.ts';
import { inferno, viridis } from '../image/color-map.ts';
import { Panel } from '../image/Panel.tsx';
import { panelsOf, usePaintedImage, usePaintedMap } from '../image/painted.ts';
import { useCrosshairLines } from '../image/use-crosshair-lines.ts';
import { useLinkedZoom } from '../image/use-linked-zoom.ts';
import { panelHints } from '../shared/hints/figure-hints.ts';
import { differenceUpper, usePaintedRatio } from '../shared/spectrum/spectra-scales.ts';
import { WaveOverlay } from '../shared/spectrum/WaveOverlay.tsx';
import { usePlaceholder } from '../shared/use-placeholder.ts';
import { Section } from '../ui/Section.tsx';
import { FrequencyReadOut } from './FrequencyReadOut.tsx';
import { spectrumHints } from './spectrum-hints.ts';
import type { ShownRun } from './use-shown-runs.ts';

interface ImageSpectraProps {
  readonly runs: readonly ShownRun[];
  readonly side: number;
  readonly sample: SampleView | undefined;
}

interface RunPanelsProps {
  readonly run: ShownRun;
  readonly side: number;
  readonly placeholder: string;
  readonly upper: number | undefined;
}

const RunPanels = ({ run, side, placeholder, upper }: RunPanelsProps) => {
  const { sample, key, name, problem } = run;
  const output = sample?.output;
  const { spectrum } = panelsOf(side, problem ?? placeholder);
  const reconstruction = usePaintedMap(output?.reconstructionSpectrum, viridis, upper);
  const ratio = usePaintedRatio(output?.reconstructionSpectrum, sample?.inputSpectrum);
  const difference = usePaintedMap(
    output?.differenceSpectrum,
    inferno,
    sample && differenceUpper(sample.inputSpectrum, side),
  );
  return (
    <>
      <Panel
        {...spectrum}
        name={`page-reconstruction-${key}`}
        title={`${name} |F̂|`}
        hint={panelHints.reconstructionSpectrum}
        note={output ? `epoch ${output.epoch}, as input` : ''}
        {...reconstruction}
      />
      <Panel
        {...spectrum}
        name={`page-ratio-${key}`}
        title="log(|F̂| / |F|)"
        hint={spectrumHints.ratio}
        note="blue missing, red invented"
        {...ratio}
      />
      <Panel
        {...spectrum}
        name={`page-difference-${key}`}
        title="|F − F̂|"
        hint={spectrumHints.difference}
        note="one scale for all epochs"
        {...difference}
      />
    </>
  );
};

export const ImageSpectra = ({ runs, side, sample }: ImageSpectraProps) => {
  const placeholder = usePlaceholder();
  const panels = useCrosshairLines();
  useLinkedZoom(panels);
  const input = usePaintedImage(sample?.input);
  const inputSpectrum = usePaintedMap(sample?.inputSpectrum, viridis);
  const { image, spectrum } = panelsOf(side, placeholder);
  return (
    <Section title="Spectra of this image" className="image-spectra">
      <div className="panels spectrum-panels" ref={panels} data-runs={runs.length}>
        <div className="spectrum-panels-input">
          <Panel
            {...image}
            name="page-input"
            title="Input"
            hint={panelHints.input}
            note="the wave under the pointer"
            pixels={input}
          >
            <WaveOverlay input={sample?.input} side={side} />
          </Panel>
          <Panel
            {...spectrum}
            name="page-input-spectrum"
            title="Input |F|"
            hint={panelHints.inputSpectrum}
            note="log(1 + |F|)"
            {...inputSpectrum}
          />
        </div>
        {runs.map((run) => (
          <div key={run.key} className="spectrum-panels-run">
            <RunPanels {...{ run, side, placeholder }} upper={inputSpectrum?.scale.upper} />
          </div>
        ))}
      </div>
      <FrequencyReadOut runs={runs} side={side} sample={sample} />
    </Section>
  );
};
