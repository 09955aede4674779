/** One image of the gallery. */
import { memo } from 'react';
import type { SampleInfo } from '#core/dataset.ts';
import type { LoadedDataset } from '#store/dataset/state.ts';
import type { Outcome } from '#store/decision/outcome.ts';
import { bitmapHeader } from '../image/bitmap-file.ts';
import { outcomeOfOne } from '../shared/labels.ts';
import { formatFigure } from '../ui/format.ts';

/** The mark of a misclassified image: a ring for a missed one, a triangle for a false alarm. */
export const OutcomeMark = ({ outcome }: { readonly outcome: Outcome }) => {
  if (outcome === 'caught' || outcome === 'pass') return null;
  return (
    <svg className="outcome-mark" data-outcome={outcome} viewBox="0 0 12 12" aria-hidden="true">
      {outcome === 'missed' ? (
        <circle cx="6" cy="6" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.8" />
      ) : (
        <path d="M6 1.8L11 10.4H1z" fill="currentColor" />
      )}
    </svg>
  );
};

type Thumbnails = LoadedDataset['thumbnails'];

let current: { readonly thumbnails: Thumbnails; readonly urls: Map<number, string> } | undefined;

/**
 * Address of a thumbnail, created when first needed and valid until another image set is shown. An image scrolls with its
 * row; a canvas would be a layer of its own.
 */
const thumbnailUrl = (thumbnails: Thumbnails, index: number): string => {
  if (current?.thumbnails !== thumbnails) {
    for (const url of current?.urls.values() ?? []) URL.revokeObjectURL(url);
    current = { thumbnails, urls: new Map() };
  }
  const known = current.urls.get(index);
  if (known !== undefined) return known;
  const { side, pixels } = thumbnails;
  const bytes = side * side * 4;
  const image = pixels.subarray(index * bytes, (index + 1) * bytes);
  const url = URL.createObjectURL(new Blob([bitmapHeader(side), image], { type: 'image/bmp' }));
  current.urls.set(index, url);
  return url;
};

interface GalleryCellProps {
  readonly index: number;
  readonly sample: SampleInfo;
  readonly score: number | undefined;
  readonly outcome: Outcome | undefined;
  readonly thumbnails: LoadedDataset['thumbnails'];
  readonly selected: boolean;
  /** Whether Tab stops here. It stops at only one image, and the arrow keys move from there. */
  readonly tabStop: boolean;
  /** Position from 1, and the length of the list: most images are not in the document. */
  readonly position: number;
  readonly count: number;
  /** Upper left corner and side, in CSS pixels. */
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly onChoose: (index: number) => Promise<void>;
}

export const GalleryCell = memo((props: GalleryCellProps) => {
  const { index, sample, score, outcome, thumbnails, selected, tabStop, position, count, x, y, side } = props;
  const text = score === undefined ? '' : formatFigure(score);
  const label = [
    sample.path,
    sample.anomalous ? sample.defectType : 'good',
    ...(outcome ? [outcomeOfOne[outcome]] : []),
  ].join(', ');
  return (
    <li aria-setsize={count} aria-posinset={position} style={{ left: x, top: y, width: side }}>
      <button
        type="button"
        className="gallery-button"
        data-anomalous={sample.anomalous}
        data-index={index}
        aria-pressed={selected}
        aria-label={text ? `${label}, score ${text}` : label}
        title={label}
        tabIndex={tabStop ? 0 : -1}
        onClick={() => void props.onChoose(index)}
      >
        <img src={thumbnailUrl(thumbnails, index)} alt="" width={side} height={side} draggable={false} />
        {outcome && <OutcomeMark outcome={outcome} />}
        {text && <span className="gallery-score number">{text}</span>}
      </button>
    </li>
  );
});
GalleryCell.displayName = 'GalleryCell';
