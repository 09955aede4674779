/** The chosen image at the size of its file, with the residual map over it: zoomed by slider, wheel and keys. */
import { Dialog } from 'radix-ui';
import { useEffect, useMemo, useRef, useState } from 'react';
import { asResiduaError } from '#core/errors.ts';
import type { SampleView } from '#core/history.ts';
import { regionOf } from '#core/picture-region.ts';
import { pixelSize, pixelSizeSentence } from '#core/pixel-size.ts';
import type { AppActions } from '#store/app-store.ts';
import { maskOutline } from '../../image/mask-outline.ts';
import { paintResidualLayer } from '../../image/paint.ts';
import { controlHints } from '../../shared/hints/control-hints.ts';
import { useActions, useApp } from '../../shared/store-context.ts';
import { Button } from '../../ui/Button.tsx';
import { formatPercent } from '../../ui/format.ts';
import { CloseIcon } from '../../ui/icons.tsx';
import { RangeSlider } from '../../ui/RangeSlider.tsx';
import { OriginalView } from './OriginalView.tsx';
import { useOriginalZoom } from './use-original-zoom.ts';
import '../../ui/dialog.css';
import './original.css';

type Original = Awaited<ReturnType<AppActions['dataset']['originalImage']>>;

/** The decoded file of a path, or the reason why it cannot be read. */
const useOriginal = (path: string): { readonly image?: Original; readonly problem?: string } => {
  const { dataset } = useActions();
  const [known, setKnown] = useState<{ path: string; image?: Original; problem?: string }>();
  useEffect(() => {
    let ended = false;
    dataset
      .originalImage(path)
      .then((image) => !ended && setKnown({ path, image }))
      .catch((thrown: unknown) => {
        const { problem, remedy } = asResiduaError(thrown);
        if (!ended) setKnown({ path, problem: `${problem} ${remedy}` });
      });
    return () => {
      ended = true;
    };
  }, [dataset, path]);
  return known?.path === path ? known : {};
};

interface OriginalDialogProps {
  readonly sample: SampleView;
  /** Upper end of the residual's scale. */
  readonly upper: number;
  readonly onClose: () => void;
}

const OriginalDialog = ({ sample, upper, onClose }: OriginalDialogProps) => {
  const { image, problem } = useOriginal(sample.path);
  const maskShown = useApp((state) => state.view.maskShown);
  const opacity = useApp((state) => state.view.overlayOpacity);
  const { view } = useActions();
  const content = useRef<HTMLDivElement>(null);
  const zoom = useOriginalZoom(image);
  const { output, mask, side, tile } = sample;
  const outline = useMemo(() => (mask ? maskOutline(mask, side) : ''), [mask, side]);
  const fit = useApp((state) => state.dataset.loaded?.fit ?? 'squeeze');
  const layer = useMemo(() => {
    if (!output || !image) return undefined;
    const { stitched, residual } = output;
    const map = stitched ?? { map: residual, width: side, height: side };
    return {
      ...{ width: map.width, height: map.height, pixels: paintResidualLayer(map.map, upper) },
      covers: regionOf(image.width, image.height, stitched ? 'squeeze' : fit, tile?.index),
    };
  }, [output, image, upper, side, fit, tile]);
  const shown = image && regionOf(image.width, image.height, fit, tile?.index);
  const size = image && pixelSize(image.width, image.height, { side, fit });
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content
          className="original"
          ref={content}
          onKeyDown={zoom.onKeyDown}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            content.current?.focus();
          }}
        >
          <Dialog.Title className="dialog-title">Original size</Dialog.Title>
          <Dialog.Description className="original-text number" data-testid="original-text">
            {sample.path}
            {image && `, ${image.width} × ${image.height} px. `}
            {image && (size ? `${pixelSizeSentence(size)}.` : 'The model sees all of its pixels.')}
          </Dialog.Description>
          <div className="original-controls number">
            <span>Map</span>
            <RangeSlider
              label="Opacity of the map"
              hint={controlHints.originalOpacity}
              value={opacity}
              minimum={0}
              maximum={1}
              step={0.05}
              valueText={formatPercent(opacity)}
              blocked={layer ? undefined : 'The map appears after training.'}
              onChange={(overlayOpacity) => view.set({ overlayOpacity })}
            />
            <span>Zoom</span>
            <RangeSlider
              label="Zoom"
              hint={controlHints.originalZoom}
              value={zoom.level}
              minimum={0}
              maximum={zoom.mostLevel}
              step={0.1}
              valueText={zoom.text}
              onChange={zoom.setLevel}
            />
            <span className="original-scale">{zoom.text}</span>
            <Button hint="Shows the whole image." onClick={() => zoom.setLevel(0)}>
              Fit
            </Button>
            <Button
              hint="One pixel of the screen for each pixel of the file."
              blocked={zoom.fits ? 'The whole image is larger than its file already.' : undefined}
              onClick={zoom.toActualSize}
            >
              1 : 1
            </Button>
          </div>
          {problem ? (
            <p className="original-problem" role="alert">
              {problem}
            </p>
          ) : (
            <OriginalView
              {...{ image, layer, shown, side, opacity, zoom }}
              marked={fit === 'crop' || tile !== undefined}
              outline={maskShown && outline !== '' ? outline : undefined}
            />
          )}
          <Dialog.Close asChild>
            <Button tone="bare" className="original-close" aria-label="Close" hint="Closes it, as does Esc.">
              <CloseIcon />
            </Button>
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};

export default OriginalDialog;
