/** How large the gallery's thumbnails are, outside React: all galleries have one size. */
import { createStore } from 'zustand/vanilla';

export const thumbnailSizes = ['small', 'medium', 'large'] as const;
export type ThumbnailSize = (typeof thumbnailSizes)[number];

/** The least side of a thumbnail, in CSS pixels: columns share what a row leaves. */
export const leastSide: Readonly<Record<ThumbnailSize, number>> = { small: 44, medium: 66, large: 104 };

export const thumbnailSize = createStore<{ readonly size: ThumbnailSize }>()(() => ({ size: 'medium' }));
