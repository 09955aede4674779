/** All images of a split in the order of their scores; the chosen one drives the bench. */

import { useDeferredValue, useMemo, useRef } from 'react';
import { galleryOrder } from '#store/gallery-order.ts';
import { latestEvaluation } from '#store/run-state.ts';
import type { GallerySort } from '#store/view-state.ts';
import { useActions, useApp } from '../hooks/store-context.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { GalleryButton } from './GalleryButton.tsx';
import { useGalleryKeys } from './use-gallery-keys.ts';
import './gallery.css';

const sorts: readonly { value: GallerySort; label: string }[] = [
  { value: 'score-descending', label: 'highest score first' },
  { value: 'score-ascending', label: 'lowest score first' },
  { value: 'path', label: 'by path' },
];

export const Gallery = () => {
  const loaded = useApp((state) => state.dataset.loaded);
  const mode = useApp((state) => state.view.galleryMode);
  const sort = useApp((state) => state.view.gallerySort);
  const selected = useApp((state) => state.view.selected);
  const scores = useDeferredValue(useApp((state) => latestEvaluation(state.run)?.scores));
  const { view } = useActions();
  const grid = useRef<HTMLUListElement>(null);
  useGalleryKeys(grid, selected);
  const items = useMemo(
    () => (loaded ? galleryOrder(loaded.samples, mode, scores, sort) : []),
    [loaded, mode, scores, sort],
  );
  const splits = [
    { value: 'test', label: `Test ${loaded?.summary.testCount ?? 0}` },
    { value: 'train', label: `Training ${loaded?.summary.trainCount ?? 0}` },
  ] as const;
  const tabStop = items.some(({ index }) => index === selected) ? selected : items[0]?.index;

  return (
    <section className="gallery" aria-label="Gallery">
      <div className="gallery-header">
        <h2>Images</h2>
        <Segmented compact label="Split" value={mode} options={splits} onChange={view.setGalleryMode} />
        <span className="gallery-legend quiet">
          <i className="swatch-good" /> good <i className="swatch-anomalous" /> anomalous
        </span>
        {mode === 'test' && (
          <label className="gallery-sort quiet">
            Order
            <select
              value={sort}
              disabled={!scores}
              onChange={({ currentTarget }) => {
                const chosen = sorts[currentTarget.selectedIndex];
                if (chosen) view.set({ gallerySort: chosen.value });
              }}
            >
              {sorts.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {loaded && items.length === 0 && <p className="quiet gallery-empty">This split holds no images.</p>}
      <ul className="gallery-grid" ref={grid}>
        {loaded &&
          items.map(({ index, sample, score }) => (
            <li key={index}>
              <GalleryButton
                index={index}
                sample={sample}
                score={score}
                thumbnails={loaded.thumbnails}
                selected={index === selected}
                tabStop={index === tabStop}
                onChoose={view.select}
              />
            </li>
          ))}
      </ul>
    </section>
  );
};
