/** One image of the gallery. */

import { memo } from 'react';
import type { SampleInfo } from '#core/dataset.ts';
import type { LoadedDataset } from '#store/dataset-state.ts';
import { formatFigure } from '../format.ts';
import { Thumbnail } from './Thumbnail.tsx';

interface GalleryButtonProps {
  readonly index: number;
  readonly sample: SampleInfo;
  readonly score: number | undefined;
  readonly thumbnails: LoadedDataset['thumbnails'];
  readonly selected: boolean;
  /** Whether Tab stops here: one image of the gallery at a time, the arrow keys do the rest. */
  readonly tabStop: boolean;
  readonly onChoose: (index: number) => Promise<void>;
}

export const GalleryButton = memo(
  ({ index, sample, score, thumbnails, selected, tabStop, onChoose }: GalleryButtonProps) => {
    const text = score === undefined ? '' : formatFigure(score);
    const label = `${sample.path}, ${sample.anomalous ? sample.defectType : 'good'}`;
    return (
      <button
        type="button"
        className="gallery-button"
        data-anomalous={sample.anomalous}
        data-index={index}
        aria-pressed={selected}
        aria-label={text ? `${label}, score ${text}` : label}
        title={label}
        tabIndex={tabStop ? 0 : -1}
        onClick={() => void onChoose(index)}
      >
        <Thumbnail thumbnails={thumbnails} index={index} />
        {text && <span className="gallery-score number">{text}</span>}
      </button>
    );
  },
);
GalleryButton.displayName = 'GalleryButton';
