/** Puts the chosen theme on the document and remembers it. */

import { useEffect } from 'react';
import type { Theme } from '#store/view-state.ts';
import { useActions, useApp } from './store-context.ts';

const key = 'residua-theme';

/** Storage is refused in some private windows: the theme is then not remembered, and nothing else changes. */
const stored = (): Theme | undefined => {
  try {
    const value = localStorage.getItem(key);
    return value === 'light' || value === 'dark' ? value : undefined;
  } catch {
    return undefined;
  }
};

const store = (theme: Theme): void => {
  try {
    if (theme === 'system') localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    return;
  }
};

export const useTheme = (): void => {
  const theme = useApp((state) => state.view.theme);
  const { view } = useActions();
  useEffect(() => {
    const remembered = stored();
    if (remembered) view.set({ theme: remembered });
  }, [view]);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    if (theme !== 'system' || stored() !== undefined) store(theme);
  }, [theme]);
};
