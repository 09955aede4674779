/** The content of the gallery. */
import { useMemo } from 'react';
import { createGallerySelector, type GalleryContent } from '#store/gallery/content.ts';
import { useApp } from './store-context.ts';

/** The same object until its visible content changes. */
export const useGallery = (): GalleryContent => useApp(useMemo(createGallerySelector, []));
