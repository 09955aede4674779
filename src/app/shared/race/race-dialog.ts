/** Whether the dialog that plans a race is open: the header, the list of runs and the first steps open it. */
import { createStore } from 'zustand/vanilla';

export const raceDialog = createStore<{ readonly open: boolean }>()(() => ({ open: false }));

export const setRaceDialog = (open: boolean): void => raceDialog.setState({ open });
