/** Whether the window has room for panels beside each other. */
import { useSyncExternalStore } from 'react';

const wide = matchMedia('(min-width: 1121px)');

const subscribe = (listener: () => void): (() => void) => {
  wide.addEventListener('change', listener);
  return () => wide.removeEventListener('change', listener);
};

export const useWide = (): boolean => useSyncExternalStore(subscribe, () => wide.matches);
