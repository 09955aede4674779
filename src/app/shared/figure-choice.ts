/** Which figure is shown, outside React: it is the same after a look at another page. */
import { createStore } from 'zustand/vanilla';

export type FigureName = 'filter' | 'comparison';

export const figureChoice = createStore<{ readonly figure: FigureName }>()(() => ({ figure: 'filter' }));
