/** Asks before the page closes while a run is neither retained nor in a checkpoint. */
import { useEffect } from 'react';
import { isLostOnClose } from '#store/runs/state.ts';
import { useAppStore } from '../shared/store-context.ts';

export const useUnloadGuard = (): void => {
  const store = useAppStore();
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (isLostOnClose(store.getState())) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [store]);
};
