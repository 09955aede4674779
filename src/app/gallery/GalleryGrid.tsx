/** The images in view, and the chosen one, so that it retains the focus. */
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { LoadedDataset } from '#store/dataset/state.ts';
import type { SampleOutcomes } from '#store/gallery/content.ts';
import type { GalleryItem } from '#store/gallery/order.ts';
import { useActions } from '../shared/store-context.ts';
import { useSize } from '../ui/use-size.ts';
import '../ui/scroll-region.css';
import { GalleryCell } from './GalleryCell.tsx';
import { gap, gridGeometry, margin } from './grid-geometry.ts';
import { useGalleryKeys } from './use-gallery-keys.ts';

interface GalleryGridProps {
  readonly items: readonly GalleryItem[];
  readonly outcomes: SampleOutcomes | undefined;
  readonly thumbnails: LoadedDataset['thumbnails'];
  readonly selected: number | undefined;
  readonly leastSide: number;
  /** Identifies the list: a new one scrolls to the chosen image or to its beginning. */
  readonly listKey: string;
}

export const GalleryGrid = ({
  items,
  outcomes,
  thumbnails,
  selected,
  leastSide,
  listKey,
}: GalleryGridProps) => {
  const { view } = useActions();
  const scroller = useRef<HTMLDivElement>(null);
  const width = useSize(scroller)?.width ?? 0;
  const { columns, rows, side, height } = gridGeometry(width, leastSide, items.length);
  const place = items.findIndex(({ index }) => index === selected);
  const tabStop = Math.max(0, place);
  const rowOfTabStop = Math.floor(tabStop / columns);
  const virtualizer = useVirtualizer({
    count: width > 0 ? rows : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    gap,
    paddingStart: margin,
    paddingEnd: margin,
    scrollPaddingStart: margin,
    scrollPaddingEnd: margin,
    overscan: 2,
    rangeExtractor: (range) => {
      const inView = defaultRangeExtractor(range);
      return inView.includes(rowOfTabStop) ? inView : [...inView, rowOfTabStop].sort((a, b) => a - b);
    },
  });
  useGalleryKeys(scroller, selected, columns, height + gap);

  const measuredHeight = useRef(height);
  useEffect(() => {
    // The row height follows the column width, and the virtualizer does not notice.
    if (measuredHeight.current !== height) virtualizer.measure();
    measuredHeight.current = height;
  }, [virtualizer, height]);

  const last = useRef({ selected, listKey, width, thumbnails });
  useEffect(() => {
    const {
      selected: selectedBefore,
      listKey: keyBefore,
      width: widthBefore,
      thumbnails: thumbnailsBefore,
    } = last.current;
    last.current = { selected, listKey, width, thumbnails };
    // The gallery opens at its top, also for other images.
    if (width === 0 || widthBefore === 0) return;
    if (thumbnails !== thumbnailsBefore) return virtualizer.scrollToOffset(0);
    // Do not scroll if an evaluation or a threshold moves images: the user may look elsewhere.
    if (selected === selectedBefore && listKey === keyBefore) return;
    if (place >= 0) virtualizer.scrollToIndex(Math.floor(place / columns), { align: 'auto' });
    else if (listKey !== keyBefore) virtualizer.scrollToOffset(0);
  }, [virtualizer, selected, listKey, width, thumbnails, place, columns]);

  return (
    // Keys reach every image and scroll to it, so the region needs no focus of its own.
    <div className="gallery-scroll" ref={scroller} data-scroll-region="y">
      <ul className="gallery-grid" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer
          .getVirtualItems()
          .flatMap((row) =>
            items
              .slice(row.index * columns, (row.index + 1) * columns)
              .map(({ index, sample, score }, column) => (
                <GalleryCell
                  key={index}
                  index={index}
                  sample={sample}
                  score={score}
                  outcome={outcomes?.[index]}
                  thumbnails={thumbnails}
                  selected={index === selected}
                  tabStop={row.index * columns + column === tabStop}
                  position={row.index * columns + column + 1}
                  count={items.length}
                  x={margin + column * (side + gap)}
                  y={row.start}
                  side={side}
                  onChoose={view.select}
                />
              )),
          )}
      </ul>
    </div>
  );
};
