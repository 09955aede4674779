/** The store in React: a context, and hooks that read from it. */

import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { AppState } from '#store/app-state.ts';
import type { AppActions, AppStore } from '#store/app-store.ts';

export const StoreContext = createContext<AppStore | undefined>(undefined);

export const useAppStore = (): AppStore => {
  const store = useContext(StoreContext);
  if (!store) throw new Error('Components of the page are rendered inside StoreContext.');
  return store;
};

/** Part of the state. The selector must return a stable value: one that the state holds, not a new object. */
export const useApp = <T>(selector: (state: AppState) => T): T => useStore(useAppStore(), selector);

export const useActions = (): AppActions => useAppStore().actions;
