/** Writes the settings to the address bar: a reload, a bookmark or a copied link restores them. */
import { useEffect } from 'react';
import { settingsToFragment } from '#core/settings-link.ts';
import { useApp, useAppStore } from '../../shared/store-context.ts';

/** Browsers refuse more than about a hundred changes in 30 s; a slider makes as many in a second. */
const settleMs = 400;

/** The page's address with these settings. */
export const linkTo = (fragment: string): string => {
  const url = new URL(location.href);
  url.hash = fragment;
  return url.href;
};

export const useSettingsLink = (): void => {
  const store = useAppStore();
  const fragment = useApp((state) => settingsToFragment(state.run.config));
  useEffect(() => {
    const timer = setTimeout(() => history.replaceState(history.state, '', linkTo(fragment)), settleMs);
    return () => clearTimeout(timer);
  }, [fragment]);
  useEffect(() => {
    // A link was pasted into the address bar; `replaceState` does not fire this event.
    const take = (): void => {
      store.actions.run.openLink(location.hash);
      history.replaceState(history.state, '', linkTo(settingsToFragment(store.getState().run.config)));
    };
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, [store]);
};
