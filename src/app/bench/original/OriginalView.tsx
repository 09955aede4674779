/** The scrolling view of an original image: the file's pixels, the map stretched over them, and the outline of the mask. */
import { type CSSProperties, type PointerEvent, useLayoutEffect, useRef } from 'react';
import type { Rectangle } from '#core/picture-region.ts';
import { PixelCanvas } from '../../image/PixelCanvas.tsx';
import type { Pixels } from '../../image/paint.ts';
import { useScrollRegion } from '../../ui/use-scroll-region.ts';
import type { OriginalSize, OriginalZoom } from './use-original-zoom.ts';

interface OriginalImageProps extends OriginalSize {
  readonly pixels: Pixels;
}

/** The file's pixels at 1:1, enlarged or reduced by style. */
const OriginalImage = ({ pixels, width, height }: OriginalImageProps) => {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  }, [pixels, width, height]);
  return <canvas ref={canvas} {...{ width, height }} data-testid="original-image" />;
};

const placeOf = ({ width, height }: OriginalSize, region: Rectangle): CSSProperties => {
  const percent = (part: number, whole: number): string => `${(100 * part) / whole}%`;
  return {
    left: percent(region.left, width),
    top: percent(region.top, height),
    width: percent(region.width, width),
    height: percent(region.height, height),
  };
};

interface OriginalViewProps {
  /** Undefined while the file is read. */
  readonly image: OriginalImageProps | undefined;
  /** The map as RGBA, [height, width, 4], and the part of the image that it covers, which may reach beyond the image. */
  readonly layer: (OriginalSize & { readonly pixels: Pixels; readonly covers: Rectangle }) | undefined;
  /** The part that the panels of the bench show, and whether its edge is drawn. */
  readonly shown: Rectangle | undefined;
  readonly marked: boolean;
  readonly side: number;
  readonly opacity: number;
  /** Path data in pixels of the shown picture; undefined without one. */
  readonly outline: string | undefined;
  readonly zoom: OriginalZoom;
}

export const OriginalView = ({
  image,
  layer,
  shown,
  marked,
  side,
  opacity,
  outline,
  zoom,
}: OriginalViewProps) => {
  const scroll = useScrollRegion('both');
  const drag = useRef<{ readonly x: number; readonly y: number }>(undefined);
  const onPointerMove = ({ currentTarget, clientX, clientY }: PointerEvent): void => {
    if (!drag.current) return;
    currentTarget.scrollBy(drag.current.x - clientX, drag.current.y - clientY);
    drag.current = { x: clientX, y: clientY };
  };
  return (
    <section
      className="original-view"
      aria-label="Original image"
      {...scroll}
      onPointerDown={({ currentTarget, button, pointerType, pointerId, clientX, clientY }) => {
        // A finger scrolls the region by itself.
        if (button !== 0 || pointerType === 'touch') return;
        currentTarget.setPointerCapture(pointerId);
        drag.current = { x: clientX, y: clientY };
      }}
      onPointerMove={onPointerMove}
      onLostPointerCapture={() => {
        drag.current = undefined;
      }}
    >
      <div className="original-frame" ref={zoom.frame}>
        {image ? (
          <div
            className="original-content"
            data-enlarged={zoom.scale > 1}
            style={{ width: image.width * zoom.scale, height: image.height * zoom.scale }}
          >
            <OriginalImage {...image} />
            <div className="original-seen">
              {layer && (
                <div
                  className="original-region"
                  style={{ ...placeOf(image, layer.covers), opacity }}
                  data-testid="original-layer"
                >
                  <PixelCanvas pixels={layer.pixels} side={layer.width} height={layer.height} />
                </div>
              )}
              {shown && (
                <div className="original-region" data-marked={marked} style={placeOf(image, shown)}>
                  {outline && (
                    <svg
                      className="mask-outline"
                      viewBox={`0 0 ${side} ${side}`}
                      preserveAspectRatio="none"
                      aria-hidden="true"
                    >
                      <path className="mask-outline-under" d={outline} vectorEffect="non-scaling-stroke" />
                      <path d={outline} vectorEffect="non-scaling-stroke" />
                    </svg>
                  )}
                </div>
              )}
            </div>
          </div>
        ) : (
          <p className="quiet">Reading the file</p>
        )}
      </div>
    </section>
  );
};
