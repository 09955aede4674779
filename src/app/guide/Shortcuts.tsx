/** Listens to the keys of the page; a component of its own, since what it does asks questions by the dialogs around it. */
import { useEffect, useRef } from 'react';
import { useAppStore } from '../shared/store-context.ts';
import { useMainAction } from '../shared/transport/use-main-action.ts';
import { openShortcuts } from './guide-state.ts';
import { placeOf, shortcutOf } from './shortcuts.ts';

export const Shortcuts = () => {
  const store = useAppStore();
  const main = useRef(useMainAction());
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const shortcut = shortcutOf(event, placeOf(event.target));
      const { settings } = store.actions;
      // On pages of text the space bar scrolls.
      if (shortcut === undefined || (shortcut === 'train' && store.getState().view.page !== 'bench')) return;
      event.preventDefault();
      if (shortcut === 'undo') settings.undo();
      else if (shortcut === 'redo') settings.redo();
      else if (shortcut === 'help') openShortcuts(true);
      else void main.current();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [store]);
  return null;
};
