/** What of the guide is open, and what the browser remembers of it; beside the store, since it is nothing of a run. */
import { createStore } from 'zustand/vanilla';
import { useActions } from '../shared/store-context.ts';
import { recall, remember } from '../ui/browser-memory.ts';

/** A function that resolves once the tour is there. */
export const useTour = (): (() => Promise<void>) => {
  const { view } = useActions();
  return async () => {
    view.set({ page: 'bench' });
    const { runTour } = await import('./run-tour.ts');
    // A menu that was open gives the focus back to its button first.
    requestAnimationFrame(runTour);
  };
};

const welcomedKey = 'residua-welcomed';
const notifyKey = 'residua-notify';

interface GuideState {
  readonly shortcutsOpen: boolean;
  /** Whether the first visit's card has been seen off: by training, or by hand. */
  readonly welcomed: boolean;
  /** Whether the user wants a notification of the system when a run is over and the tab is hidden. */
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

/** Whether this browser has notifications and the user has not refused them for good. */
export const canNotify = (): boolean =>
  typeof Notification !== 'undefined' && Notification.permission !== 'denied';

/** Turns notifications on, for which the browser asks the user, or off. Only to be called by a press of the user's. */
export const setNotify = async (wanted: boolean): Promise<void> => {
  const allowed = wanted && canNotify() && (await Notification.requestPermission()) === 'granted';
  remember(notifyKey, allowed ? 'yes' : null);
  guide.setState({ notify: allowed });
};
