/** What the gallery shows now. */
import { useMemo } from 'react';
import { createGallerySelector, type GalleryContent } from '#store/gallery/content.ts';
import { useApp } from './store-context.ts';

/** The same object while nothing that is seen of it changes. */
export const useGallery = (): GalleryContent => useApp(useMemo(createGallerySelector, []));
