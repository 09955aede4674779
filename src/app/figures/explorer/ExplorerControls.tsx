/** The controls of the explorer: image, band, presets, and the remaining energy. */
import { useRef } from 'react';
import { useStore } from 'zustand';
import type { Metric } from '#core/history.ts';
import { figureHints } from '../../shared/hints/figure-hints.ts';
import { useApp } from '../../shared/store-context.ts';
import { Button } from '../../ui/Button.tsx';
import { FileInput } from '../../ui/FileInput.tsx';
import { formatFigure } from '../../ui/format.ts';
import { Hint, type HintContent } from '../../ui/Hint.tsx';
import { Section } from '../../ui/Section.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { ExportFigure, type NamedFigure } from '../ExportFigure.tsx';
import { CutOffField } from './CutOffField.tsx';
import {
  cutOffsOf,
  explorer,
  explorerPresets,
  type FilterMode,
  isAtPreset,
  type OpenedImage,
  withMode,
} from './explorer-state.ts';
import { takeFile } from './open-image.ts';
import type { Filtered } from './use-filtered.ts';

const sources = [
  { value: 'sample', label: 'Data set', hint: figureHints.fromDataset },
  { value: 'file', label: 'Image file', hint: figureHints.fromFile },
] as const;

const modes: readonly { value: FilterMode; label: string; hint: HintContent }[] = [
  { value: 'low', label: 'Low-pass', hint: figureHints.lowPass },
  { value: 'high', label: 'High-pass', hint: figureHints.highPass },
  { value: 'band', label: 'Band-pass', hint: figureHints.bandPass },
];

const edgeKinds = [
  { value: 'ideal', label: 'Ideal', hint: figureHints.ideal },
  { value: 'gaussian', label: 'Gaussian', hint: figureHints.gaussian },
] as const;

const fits = [
  { value: 'crop', label: 'Center crop', hint: figureHints.crop },
  { value: 'squeeze', label: 'Whole', hint: figureHints.squeeze },
] as const;

const contrasts = ['1', '2', '4', '8'].map((value) => ({
  value,
  label: `× ${value}`,
  hint: figureHints.contrast,
}));

const share = (metric: Metric | undefined): string =>
  !metric ? '–' : metric.defined ? `${(100 * metric.value).toFixed(2)} %` : `undefined: ${metric.reason}`;

const madeSquare = ({ width, height, side, fit }: OpenedImage): string => {
  if (width === side && height === side) return 'not resized';
  const how = width === height ? 'resized' : fit === 'crop' ? 'center-cropped and resized' : 'squeezed';
  return `${how} to ${side} × ${side}`;
};

interface ExplorerControlsProps {
  readonly side: number;
  readonly filtered: Filtered | undefined;
  /** Lays out the exported figure; undefined without an image. */
  readonly layOut: (() => NamedFigure) | undefined;
}

export const ExplorerControls = ({ side, filtered, layOut }: ExplorerControlsProps) => {
  const state = useStore(explorer);
  const info = useApp(({ view, dataset }) =>
    view.selected === undefined ? undefined : dataset.loaded?.samples[view.selected],
  );
  const input = useRef<HTMLInputElement>(null);
  const { opened } = state;
  return (
    <div className="explorer-controls">
      <Section title="Image">
        <Segmented
          label="Image from"
          value={state.source}
          options={sources}
          onChange={(source) => {
            explorer.setState({ source, problem: undefined });
            if (source === 'file' && !opened) input.current?.click();
          }}
        />
        {state.source === 'sample' && info && (
          <p className="explorer-note">
            {info.path}, {info.width} × {info.height} px resized to {side} × {side}, as the model sees it.
            Arrow keys walk the images.
          </p>
        )}
        {state.source === 'file' && (
          <>
            {opened && (
              <Segmented
                label="Made square by"
                value={state.fit}
                options={fits}
                onChange={(fit) => {
                  if (state.file) void takeFile(state.file, fit);
                }}
              />
            )}
            <p className="explorer-note" data-testid="opened-image">
              {opened
                ? `${opened.name}, ${opened.width} × ${opened.height} px, ${madeSquare(opened)}.`
                : 'PNG, JPEG, WebP or another format of the browser. The file stays on this machine.'}
            </p>
          </>
        )}
        <Button hint={figureHints.fromFile} onClick={() => input.current?.click()}>
          Open an image
        </Button>
        <FileInput
          ref={input}
          accept="image/*"
          label="Image file"
          testId="image-input"
          onFiles={([file]) => void takeFile(file)}
        />
        {state.problem && (
          <p className="explorer-problem" role="alert">
            {state.problem}
          </p>
        )}
      </Section>
      <Section title="Band">
        <Segmented
          label="Filter"
          value={state.mode}
          options={modes}
          onChange={(mode) => explorer.setState((before) => withMode(before, mode, side))}
        />
        {cutOffsOf(state.mode).map((which) => (
          <CutOffField key={which} which={which} side={side} />
        ))}
        <div className="setting">
          <span className="setting-name">Edges</span>
          <Segmented
            compact
            label="Edges"
            value={state.edges}
            options={edgeKinds}
            onChange={(edges) => explorer.setState({ edges })}
          />
        </div>
        <Hint {...figureHints.contrast}>
          <div className="setting">
            <span className="setting-name">Contrast</span>
            <Segmented
              compact
              label="Contrast without the mean"
              value={String(state.contrast)}
              options={contrasts}
              onChange={(contrast) => explorer.setState({ contrast: Number(contrast) })}
            />
          </div>
        </Hint>
      </Section>
      <Section title="Presets">
        <div className="explorer-presets">
          {explorerPresets.map((preset) => (
            <Button
              key={preset.label}
              hint={`${preset.title}.`}
              aria-pressed={isAtPreset(state, preset, side)}
              onClick={() => explorer.setState(preset.settings(side))}
            >
              {preset.label}
            </Button>
          ))}
        </div>
      </Section>
      <Section title="Remaining energy">
        <dl className="explorer-figures number" data-testid="energy">
          <dt>Total</dt>
          <dd>{share(filtered?.passedEnergy)}</dd>
          <dt>Without the mean</dt>
          <dd>{share(filtered?.passedEnergyBesideMean)}</dd>
          <dt title="The anomaly score of a reconstruction with this band only">Eq. 9 of the residual</dt>
          <dd>{filtered ? formatFigure(filtered.residualEnergy, 4) : '–'}</dd>
        </dl>
      </Section>
      <Section title="Figure">
        <ExportFigure layOut={layOut} contents="All pictures" blocked="No image is shown yet." />
      </Section>
    </div>
  );
};
