/** Applies the chosen theme to the document and saves it. */

import { useEffect } from 'react';
import type { Theme } from '#store/view/state.ts';
import { useApp } from '../shared/store-context.ts';
import { recall, remember } from '../ui/browser-memory.ts';

const key = 'residua-theme';

/** The saved theme. */
export const rememberedTheme = (): Theme => {
  const value = recall(key);
  return value === 'light' || value === 'dark' ? value : 'system';
};

export const useTheme = (): void => {
  const theme = useApp((state) => state.view.theme);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    remember(key, theme === 'system' ? null : theme);
  }, [theme]);
};
