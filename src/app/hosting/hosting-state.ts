/** The reload that the page offers. It is outside the store, since no run depends on it. */
import { createStore } from 'zustand/vanilla';

interface HostingState {
  /**
   * `update`: a new version is stored. `other-tabs`: it cannot start while another tab is open. `threads`: the page can be
   * isolated, so that the processor may use threads.
   */
  readonly offer: 'none' | 'update' | 'other-tabs' | 'threads';
  /** Reloads the page as offered. */
  readonly reload: () => void;
}

export const hosting = createStore<HostingState>()(() => ({ offer: 'none', reload: () => undefined }));
