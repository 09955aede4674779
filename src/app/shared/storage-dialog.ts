/** Whether the dialog of the browser's storage is open: the list of runs and the help menu open it. */
import { createStore } from 'zustand/vanilla';

export const storageDialog = createStore<{ readonly open: boolean }>()(() => ({ open: false }));

export const setStorageDialog = (open: boolean): void => storageDialog.setState({ open });
