/** The shown image of the data set, and buttons to its neighbors in the gallery's order. */
import { walkTarget } from '#store/gallery/order.ts';
import { Thumbnail } from '../image/Thumbnail.tsx';
import { useActions, useApp } from '../shared/store-context.ts';
import { useGallery } from '../shared/use-gallery.ts';
import { Button } from '../ui/Button.tsx';

export const ImageWalk = () => {
  const loaded = useApp((state) => state.dataset.loaded);
  const selected = useApp((state) => state.view.selected);
  const mode = useApp((state) => state.view.galleryMode);
  const { order, shown } = useGallery();
  const { view } = useActions();
  const info = selected === undefined ? undefined : loaded?.samples[selected];
  if (!loaded || selected === undefined || !info) return <p className="quiet">No image chosen</p>;
  const place = shown.findIndex(({ index }) => index === selected);
  const blocked = (offset: number): string | undefined => {
    const target = walkTarget(order, shown, selected, offset);
    return !target || target.index === selected ? 'No more images this way.' : undefined;
  };
  return (
    <nav className="image-walk number" aria-label="Images">
      <Button
        aria-label="Previous image"
        hint="The previous image in the gallery’s order (left arrow)."
        blocked={blocked(-1)}
        onClick={() => void view.walk(-1)}
      >
        ‹
      </Button>
      <Button
        aria-label="Next image"
        hint="The next image in the gallery’s order (right arrow)."
        blocked={blocked(1)}
        onClick={() => void view.walk(1)}
      >
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
        {place < 0 ? `filtered out, ${shown.length} shown` : `${place + 1} of ${shown.length}`},{' '}
        {{ test: 'test', train: 'training', 'held-out': 'held out' }[mode]}
      </span>
    </nav>
  );
};
