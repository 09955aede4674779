/** The address bar holds the settings, so that a reload, a bookmark and a copied link open the page as it is. */
import { useEffect } from 'react';
import { settingsToFragment } from '#core/settings-link.ts';
import { useApp, useAppStore } from '../../shared/store-context.ts';

/** Browsers refuse more than some hundred changes in half a minute, which a slider makes in a second. */
const settleMs = 400;

/** Address of the page with these settings. */
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
    // A link pasted into the address bar of the open page; what `replaceState` writes makes no such event.
    const take = (): void => {
      store.actions.run.openLink(location.hash);
      history.replaceState(history.state, '', linkTo(settingsToFragment(store.getState().run.config)));
    };
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, [store]);
};
