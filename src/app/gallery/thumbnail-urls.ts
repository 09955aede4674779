/** Thumbnails as images of the page: an image is part of what scrolls, where a canvas would be a layer of its own. */
import type { LoadedDataset } from '#store/dataset/state.ts';
import { bitmapHeader } from '../image/bitmap-file.ts';

type Thumbnails = LoadedDataset['thumbnails'];

let current: { readonly thumbnails: Thumbnails; readonly urls: Map<number, string> } | undefined;

/** Address of a thumbnail, made when first asked for. It holds until another image set's are asked for. */
export const thumbnailUrl = (thumbnails: Thumbnails, index: number): string => {
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
