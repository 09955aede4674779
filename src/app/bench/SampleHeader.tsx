/** The shown image's name, label and score, and the controls of the overlay. */
import { lazy, Suspense } from 'react';
import { galleryModeOf } from '#store/run/training-split.ts';
import { controlHints } from '../shared/hints/control-hints.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { usePartState } from '../shared/use-shown.ts';
import { formatFigure, formatPercent } from '../ui/format.ts';
import { Hint } from '../ui/Hint.tsx';
import { RangeSlider } from '../ui/RangeSlider.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { useShownSample } from './use-shown-sample.ts';

const TileChoice = lazy(() => import('./TileChoice.tsx'));

const contents = [
  { value: 'residual', label: 'Map', hint: controlHints.overlayResidual },
  { value: 'mask', label: 'Mask', hint: controlHints.overlayMask },
  { value: 'compare', label: 'Compare', hint: controlHints.overlayCompare },
] as const;

export const SampleHeader = () => {
  const selected = useApp((state) => state.view.selected);
  const info = useApp((state) =>
    selected === undefined ? undefined : state.dataset.loaded?.samples[selected],
  );
  const heldOut = useApp((state) => selected !== undefined && galleryModeOf(state, selected) === 'held-out');
  const sample = useShownSample();
  const output = sample?.output;
  const scores = usePartState('scores');
  const opacity = useApp((state) => state.view.overlayOpacity);
  const content = useApp((state) => state.view.overlayContent);
  const maskShown = useApp((state) => state.view.maskShown);
  const { view } = useActions();
  return (
    <div className="sample-header number">
      {info ? (
        <>
          <span className="sample-path" title={info.path}>
            {info.path.split('/').at(-1)}
          </span>
          <span className="label-tag" data-anomalous={info.anomalous} data-testid="label">
            <i />
            <span>
              {info.anomalous ? (
                <>
                  <span className="label-class">anomalous: </span>
                  {info.defectType}
                </>
              ) : info.split === 'train' ? (
                heldOut ? (
                  'good, held out'
                ) : (
                  'good, training'
                )
              ) : (
                'good'
              )}
            </span>
          </span>
          {sample?.tile && (
            <Suspense>
              <TileChoice sample={sample} />
            </Suspense>
          )}
          {output && (
            <span className="quiet sample-score" data-shown={scores}>
              score <b data-testid="score">{formatFigure(output.score, 4)}</b>
              <span
                className="sample-dc-share"
                title="Fraction of the residual's energy that is its mean, the zero frequency"
              >
                , share of mean brightness {formatPercent(output.residualDcShare)}
              </span>
            </span>
          )}
        </>
      ) : (
        <span className="quiet">No image chosen</span>
      )}
      <div className="overlay-controls">
        <span className="quiet overlay-word">Overlay</span>
        <Segmented
          compact
          label="Overlay shows"
          value={content}
          options={contents}
          onChange={(overlayContent) => view.set({ overlayContent })}
        />
        <RangeSlider
          label="Overlay opacity"
          hint={controlHints.overlayOpacity}
          value={opacity}
          minimum={0}
          maximum={1}
          step={0.05}
          blocked={content === 'compare' ? 'The comparison has no overlay.' : undefined}
          valueText={formatPercent(opacity)}
          onChange={(overlayOpacity) => view.set({ overlayOpacity })}
        />
        <Hint {...controlHints.outline} side="bottom">
          <label className="overlay-outline">
            <input
              type="checkbox"
              aria-label="Outline of the mask"
              checked={maskShown}
              onChange={({ currentTarget }) => view.set({ maskShown: currentTarget.checked })}
            />
            outline
          </label>
        </Hint>
      </div>
    </div>
  );
};
