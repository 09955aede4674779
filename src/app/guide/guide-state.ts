/** State of the guide, partly saved in the browser. It is outside the store, since no run depends on it. */
import { createStore } from 'zustand/vanilla';
import type { PageName } from '#store/view/state.ts';
import { useAppStore } from '../shared/store-context.ts';
import { recall, remember } from '../ui/browser-memory.ts';

/** Returns a function that starts the tour on the bench. */
export const useTour = (): (() => Promise<void>) => {
  const store = useAppStore();
  return async () => {
    const { page } = store.getState().view;
    const showPage = (next: PageName): void => store.actions.view.set({ page: next });
    showPage('bench');
    const { runTour } = await import('./run-tour.ts');
    // An open menu returns the focus to its button first.
    requestAnimationFrame(() => runTour(page, showPage));
  };
};

const welcomedKey = 'residua-welcomed';
const notifyKey = 'residua-notify';

interface GuideState {
  readonly shortcutsOpen: boolean;
  /** The user has trained once, or closed the card of the first visit. */
  readonly welcomed: boolean;
  /** The user wants a system notification if a run ends while the tab is hidden. */
  readonly notify: boolean;
}

const isRemembered = (key: string): boolean => recall(key) === 'yes';

export const guide = createStore<GuideState>()(() => ({
  shortcutsOpen: false,
  welcomed: isRemembered(welcomedKey),
  notify: isRemembered(notifyKey),
}));

export const openShortcuts = (open: boolean): void => guide.setState({ shortcutsOpen: open });

export const endWelcome = (): void => {
  remember(welcomedKey, 'yes');
  guide.setState({ welcomed: true });
};

/** Whether this browser has notifications that the user has not refused. */
export const canNotify = (): boolean =>
  typeof Notification !== 'undefined' && Notification.permission !== 'denied';

/** Turns notifications on or off. Call it from a click: the browser then asks the user. */
export const setNotify = async (wanted: boolean): Promise<void> => {
  const allowed = wanted && canNotify() && (await Notification.requestPermission()) === 'granted';
  remember(notifyKey, allowed ? 'yes' : null);
  guide.setState({ notify: allowed });
};
