/** Anomaly maps as the page sends them. */
import type { AnomalyMaps } from '#core/anomaly-maps/map-files.ts';
import { mapSizeOf } from '#core/anomaly-maps/resize-map.ts';

/** Maps of one category, without their values. */
export type MapHeader = Omit<AnomalyMaps, 'images'> & {
  readonly images: readonly Omit<AnomalyMaps['images'][number], 'map'>[];
};

/**
 * Cuts bytes into the maps of the images, new arrays.
 * @param bytes float32 of all maps in order, each of the size `mapSizeOf`
 * @throws RangeError if there are too few or too many
 */
export const receivedMaps = ({ images, ...rest }: MapHeader, bytes: Uint8Array): AnomalyMaps => {
  let end = 0;
  const mapped = images.map((image) => {
    const { width, height } = mapSizeOf(image.width, image.height, rest);
    const start = end;
    end += 4 * width * height;
    // A Buffer's own slice would share the memory of all maps.
    return { ...image, map: new Float32Array(new Uint8Array(bytes.subarray(start, end)).buffer) };
  });
  if (end !== bytes.length) throw new RangeError(`The maps have ${bytes.length} bytes, expected ${end}.`);
  return { ...rest, images: mapped };
};
