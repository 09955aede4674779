/** Puts the chosen theme on the document and remembers it. */

import { useEffect } from 'react';
import type { Theme } from '#store/view-state.ts';
import { useApp } from './store-context.ts';

const key = 'residua-theme';

/** The theme of the last visit. Storage is refused in some private windows: the theme is then as the system's. */
export const rememberedTheme = (): Theme => {
  try {
    const value = localStorage.getItem(key);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
};

const remember = (theme: Theme): void => {
  try {
    if (theme === 'system') localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    return;
  }
};

export const useTheme = (): void => {
  const theme = useApp((state) => state.view.theme);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    remember(theme);
  }, [theme]);
};
