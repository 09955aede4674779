/** All images of a split, sorted by score or path. The bench shows the chosen one. */
import { lazy, Suspense, useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { type GalleryFilter, noFilter } from '#store/decision/state.ts';
import { judgedMode, runSplit } from '#store/run/training-split.ts';
import type { GallerySort } from '#store/view/state.ts';
import { controlHints } from '../shared/hints/control-hints.ts';
import { nothingIn } from '../shared/labels.ts';
import { useActions, useApp, useAppStore } from '../shared/store-context.ts';
import { useGallery } from '../shared/use-gallery.ts';
import { useShown } from '../shared/use-shown.ts';
import { Button } from '../ui/Button.tsx';
import { Hint } from '../ui/Hint.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { Select } from '../ui/Select.tsx';
import { useScrollRegion } from '../ui/use-scroll-region.ts';
import { useSize } from '../ui/use-size.ts';
import { GalleryFilters } from './GalleryFilters.tsx';
import './gallery.css';

/** Says that the filter matches nothing, with a button that removes it. */
const NothingShown = ({ defectType, outcome }: GalleryFilter) => {
  const { decision } = useActions();
  const nothing = outcome ? nothingIn[outcome] : 'no images';
  return (
    <p className="gallery-empty quiet" role="status">
      <span>
        There are {nothing}
        {defectType !== undefined && (
          <>
            {' '}
            of type <b>{defectType}</b>
          </>
        )}
        {outcome && ' at this threshold'}.
      </span>
      <Button
        hint="Removes the filters by outcome and defect type."
        onClick={() => decision.setFilter(noFilter)}
      >
        Show all
      </Button>
    </p>
  );
};

/** A filter applies to scored images: if one is set while training images are shown, the gallery switches to the scored split. */
const useFilteredSplit = (): void => {
  const filter = useApp((state) => state.decision.filter);
  const store = useAppStore();
  const { view } = useActions();
  const last = useRef(filter);
  useEffect(() => {
    const changed = last.current !== filter;
    last.current = filter;
    if (!changed || (filter.outcome ?? filter.defectType) === undefined) return;
    const state = store.getState();
    if (state.view.galleryMode === 'train') view.setGalleryMode(judgedMode(state));
  }, [filter, view, store]);
};

const thumbnailSizes = ['small', 'medium', 'large'] as const;
type ThumbnailSize = (typeof thumbnailSizes)[number];

/** The least side of a thumbnail, in CSS pixels; the columns then fill the row. */
const leastSide: Readonly<Record<ThumbnailSize, number>> = { small: 44, medium: 66, large: 104 };

/** The thumbnail size, outside React, since all galleries share it. */
const thumbnailSize = createStore<{ readonly size: ThumbnailSize }>()(() => ({ size: 'medium' }));

/** Loaded with the first images. */
const GalleryGrid = lazy(async () => ({ default: (await import('./GalleryGrid.tsx')).GalleryGrid }));

const sorts: readonly { value: GallerySort; label: string }[] = [
  { value: 'score-descending', label: 'highest score first' },
  { value: 'score-ascending', label: 'lowest score first' },
  { value: 'path', label: 'by path' },
];

const sizes = [
  { value: 'small', label: 'S', hint: controlHints.smallThumbnails },
  { value: 'medium', label: 'M', hint: controlHints.mediumThumbnails },
  { value: 'large', label: 'L', hint: controlHints.largeThumbnails },
] as const;

/** Below this height, in CSS pixels, the controls share one line, to leave room for a row of images. */
const shortHeight = 150;

export const Gallery = () => {
  const section = useRef<HTMLElement>(null);
  const height = useSize(section)?.height;
  const present = useApp((state) => state.dataset.loaded);
  const mode = useApp((state) => state.view.galleryMode);
  const sort = useApp((state) => state.view.gallerySort);
  const split = useApp(runSplit);
  const judged = useApp(judgedMode);
  const selected = useApp((state) => state.view.selected);
  const size = useStore(thumbnailSize, (state) => state.size);
  const content = useGallery();
  const veil = useShown();
  // The bench has priority, and the gallery may lag. One deferred value holds images and their outcomes together.
  const { loaded, gallery } = useDeferredValue(
    useMemo(() => ({ loaded: present, gallery: content }), [present, content]),
  );
  const { order, shown, outcomes, noOutcomes, filter, counts } = gallery;
  const unscored = order[0]?.score === undefined ? 'Scores appear after the first evaluation.' : undefined;
  const scroll = useScrollRegion('x');
  const { view } = useActions();
  useFilteredSplit();
  const splits = [
    { value: 'test', label: `Test ${loaded?.summary.testCount ?? 0}`, hint: controlHints.testSplit },
    { value: 'train', label: `Training ${split.trained.length}`, hint: controlHints.trainSplit },
    ...(split.heldOut.length > 0
      ? [
          {
            value: 'held-out',
            label: `Held out ${split.heldOut.length}`,
            hint: controlHints.heldOutSplit,
          } as const,
        ]
      : []),
  ] as const;
  // Filters and orders apply to scored images; held-out images are scored beside the test images.
  const isJudged = mode === judged || mode === 'held-out';

  return (
    <section
      ref={section}
      className="gallery"
      aria-label="Gallery"
      data-shown={veil.scores}
      data-threshold={veil.threshold}
      data-size={size}
      data-short={height !== undefined && height < shortHeight}
    >
      <section className="gallery-header" aria-label="Choice of images" {...scroll}>
        <h2>Images</h2>
        <Segmented compact label="Split" value={mode} options={splits} onChange={view.setGalleryMode} />
        <span className="gallery-legend quiet">
          <i className="swatch-good" /> good <i className="swatch-anomalous" /> anomalous
        </span>
        <span className="gallery-end">
          {isJudged && (
            <Hint {...controlHints.order} blocked={unscored} side="bottom">
              <label className="gallery-choice quiet">
                Order
                <Select
                  value={sort}
                  options={sorts}
                  blocked={unscored !== undefined}
                  onChange={(gallerySort) => view.set({ gallerySort })}
                />
              </label>
            </Hint>
          )}
          <Segmented
            compact
            label="Size of thumbnails"
            value={size}
            options={sizes}
            onChange={(chosen) => thumbnailSize.setState({ size: chosen })}
          />
        </span>
        {isJudged && <GalleryFilters counts={counts} filter={filter} noOutcomes={noOutcomes} />}
      </section>
      {loaded && order.length === 0 && <p className="quiet gallery-empty">This split holds no images.</p>}
      {order.length > 0 && shown.length === 0 && <NothingShown {...filter} />}
      {loaded && (
        <Suspense>
          <GalleryGrid
            items={shown}
            outcomes={outcomes}
            thumbnails={loaded.thumbnails}
            selected={selected}
            leastSide={leastSide[size]}
            listKey={[loaded.category.name, mode, sort, size, filter.outcome, filter.defectType].join('\n')}
          />
        </Suspense>
      )}
    </section>
  );
};
