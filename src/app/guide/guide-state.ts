/** What of the guide is open, and what the browser remembers of it; beside the store, since it is nothing of a run. */
import { createStore } from 'zustand/vanilla';

const welcomedKey = 'residua-welcomed';
const notifyKey = 'residua-notify';

interface GuideState {
  readonly shortcutsOpen: boolean;
  /** Whether the first visit's card has been seen off: by training, or by hand. */
  readonly welcomed: boolean;
  /** Whether the user wants a notification of the system when a run is over and the tab is hidden. */
  readonly notify: boolean;
}

/** Storage is refused in some private windows: nothing is remembered then. */
const remembered = (key: string): boolean => {
  try {
    return localStorage.getItem(key) === 'yes';
  } catch {
    return false;
  }
};

const remember = (key: string, value: boolean): void => {
  try {
    if (value) localStorage.setItem(key, 'yes');
    else localStorage.removeItem(key);
  } catch {
    return;
  }
};

export const guide = createStore<GuideState>()(() => ({
  shortcutsOpen: false,
  welcomed: remembered(welcomedKey),
  notify: remembered(notifyKey),
}));

export const openShortcuts = (open: boolean): void => guide.setState({ shortcutsOpen: open });

export const endWelcome = (): void => {
  remember(welcomedKey, true);
  guide.setState({ welcomed: true });
};

/** Whether this browser has notifications and the user has not refused them for good. */
export const canNotify = (): boolean =>
  typeof Notification !== 'undefined' && Notification.permission !== 'denied';

/** Turns notifications on, for which the browser asks the user, or off. Only to be called by a press of the user's. */
export const setNotify = async (wanted: boolean): Promise<void> => {
  const allowed = wanted && canNotify() && (await Notification.requestPermission()) === 'granted';
  remember(notifyKey, allowed);
  guide.setState({ notify: allowed });
};
