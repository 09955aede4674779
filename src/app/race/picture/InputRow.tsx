/** The row of the input: the image, its ground truth, its spectrum, and the radial curve of all contestants. */
import { type ReactNode, useMemo } from 'react';
import type { SampleView } from '#core/history.ts';
import { viridis } from '../../image/color-map.ts';
import { maskOutline } from '../../image/mask-outline.ts';
import { Panel } from '../../image/Panel.tsx';
import { panelsOf, usePaintedImage, usePaintedMap } from '../../image/painted.ts';
import { panelHints } from '../../shared/hints/figure-hints.ts';
import { raceHints } from '../race-hints.ts';

interface InputRowProps {
  readonly sample: SampleView | undefined;
  readonly spectrumUpper: number | undefined;
  readonly placeholder: string;
  /** The image's name and label. */
  readonly label: ReactNode;
  readonly radial: ReactNode;
}

export const InputRow = ({ sample, spectrumUpper, placeholder, label, radial }: InputRowProps) => {
  const side = sample?.side ?? 1;
  const panels = panelsOf(side, placeholder);
  const input = usePaintedImage(sample?.input);
  const spectrum = usePaintedMap(sample?.inputSpectrum, viridis, spectrumUpper);
  const outline = useMemo(() => (sample?.mask ? maskOutline(sample.mask, side) : ''), [sample?.mask, side]);
  return (
    <section className="race-row race-row-input" aria-label="Input">
      {label}
      <Panel
        {...panels.image}
        name="race-input"
        title="Input"
        hint={panelHints.input}
        note={`${side} px`}
        pixels={input}
      />
      <Panel
        {...panels.image}
        name="race-truth"
        title="Ground truth"
        hint={raceHints.truth}
        note={outline === '' ? 'no mask' : ''}
        pixels={input}
      >
        {outline !== '' && (
          <svg className="mask-outline" viewBox={`0 0 ${side} ${side}`} aria-hidden="true">
            <path className="mask-outline-under" d={outline} vectorEffect="non-scaling-stroke" />
            <path d={outline} vectorEffect="non-scaling-stroke" />
          </svg>
        )}
      </Panel>
      <Panel
        {...panels.spectrum}
        name="race-input-spectrum"
        title="Input |F|"
        hint={panelHints.inputSpectrum}
        note="log(1 + |F|)"
        {...spectrum}
      />
      {radial}
    </section>
  );
};
