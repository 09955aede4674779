/** Which image of the data set is shown, and the way to the next in the gallery's order. */
import { useMemo } from 'react';
import { galleryOrder } from '#store/gallery-order.ts';
import { latestEvaluation } from '#store/run-state.ts';
import { Thumbnail } from '../gallery/Thumbnail.tsx';
import { useActions, useApp } from '../hooks/store-context.ts';
import { Button } from '../ui/Button.tsx';

export const ImageWalk = () => {
  const loaded = useApp((state) => state.dataset.loaded);
  const selected = useApp((state) => state.view.selected);
  const mode = useApp((state) => state.view.galleryMode);
  const sort = useApp((state) => state.view.gallerySort);
  const scores = useApp((state) => latestEvaluation(state.run)?.scores);
  const { view } = useActions();
  const items = useMemo(
    () => (loaded ? galleryOrder(loaded.samples, mode, scores, sort) : []),
    [loaded, mode, scores, sort],
  );
  const info = selected === undefined ? undefined : loaded?.samples[selected];
  if (!loaded || selected === undefined || !info) return <p className="quiet">No image chosen</p>;
  const place = items.findIndex(({ index }) => index === selected);
  return (
    <nav className="image-walk number" aria-label="Images">
      <Button aria-label="Previous image" disabled={place <= 0} onClick={() => void view.walk(-1)}>
        ‹
      </Button>
      <Button aria-label="Next image" disabled={place >= items.length - 1} onClick={() => void view.walk(1)}>
        ›
      </Button>
      <span className="image-walk-thumbnail">
        <Thumbnail thumbnails={loaded.thumbnails} index={selected} />
      </span>
      <span className="sample-path" title={info.path} data-testid="walk-path">
        {info.path}
      </span>
      <span className="label-tag" data-anomalous={info.anomalous}>
        <i />
        {info.anomalous ? info.defectType : 'good'}
      </span>
      <span className="quiet">
        {place + 1} of {items.length}, {mode === 'test' ? 'test' : 'training'}
      </span>
    </nav>
  );
};
