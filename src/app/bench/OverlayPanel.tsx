/** The residual or the ground truth over the input, with the outline of the ground truth; or the comparison. */

import { lazy, Suspense, useMemo, useState } from 'react';
import type { SampleView } from '#core/history.ts';
import type { PartState } from '#store/view/shown.ts';
import { maskOutline } from '../image/mask-outline.ts';
import { Panel } from '../image/Panel.tsx';
import { paintMaskOver, paintResidualOver } from '../image/paint.ts';
import { controlHints } from '../shared/hints/control-hints.ts';
import { panelHints } from '../shared/hints/figure-hints.ts';
import { useApp } from '../shared/store-context.ts';
import { formatPercent } from '../ui/format.ts';
import { Hint } from '../ui/Hint.tsx';
import { ComparePanel } from './ComparePanel.tsx';

const OriginalDialog = lazy(() => import('./original/OriginalDialog.tsx'));

interface OverlayPanelProps {
  readonly sample: SampleView | undefined;
  /** Title of the map of the score. */
  readonly mapName: string;
  readonly shown: PartState | undefined;
  /** Upper end of the residual's scale. */
  readonly upper: number;
  readonly placeholder: string;
}

export const OverlayPanel = ({ sample, mapName, shown, upper, placeholder }: OverlayPanelProps) => {
  const opacity = useApp((state) => state.view.overlayOpacity);
  const content = useApp((state) => state.view.overlayContent);
  const maskShown = useApp((state) => state.view.maskShown);
  const [originalOpen, setOriginalOpen] = useState(false);
  const mask = sample?.mask;
  const pixels = useMemo(() => {
    if (!sample || content === 'compare') return undefined;
    if (content === 'mask') return paintMaskOver(sample.input, sample.mask ?? new Uint8Array(0), opacity);
    return sample.output && paintResidualOver(sample.input, sample.output.residual, upper, opacity);
  }, [sample, content, opacity, upper]);
  const outline = useMemo(() => (mask && sample ? maskOutline(mask, sample.side) : ''), [mask, sample]);
  if (content === 'compare') return <ComparePanel sample={sample} shown={shown} placeholder={placeholder} />;
  const side = sample?.side ?? 1;
  const noMask = content === 'mask' && sample !== undefined && mask === undefined;
  return (
    <Panel
      name="overlay"
      shown={content === 'mask' ? undefined : shown}
      title="Overlay"
      hint={panelHints.overlay}
      note={
        noMask
          ? 'no mask for this image'
          : `${content === 'mask' ? 'Mask' : mapName}, ${formatPercent(opacity)}`
      }
      kind="image"
      side={side}
      pixels={pixels}
      placeholder={placeholder}
      controls={
        sample && (
          <>
            <Hint {...controlHints.original} side="top">
              <button type="button" className="picture-button" onClick={() => setOriginalOpen(true)}>
                Original
              </button>
            </Hint>
            {originalOpen && (
              <Suspense fallback={null}>
                <OriginalDialog {...{ sample, upper }} onClose={() => setOriginalOpen(false)} />
              </Suspense>
            )}
          </>
        )
      }
    >
      {pixels && maskShown && outline !== '' && (
        <svg
          className="mask-outline"
          viewBox={`0 0 ${side} ${side}`}
          data-testid="mask-outline"
          aria-hidden="true"
        >
          <path className="mask-outline-under" d={outline} vectorEffect="non-scaling-stroke" />
          <path d={outline} vectorEffect="non-scaling-stroke" />
        </svg>
      )}
    </Panel>
  );
};
