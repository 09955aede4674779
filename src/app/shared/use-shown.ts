/** What the screen shows, for every panel. */
import { useShallow } from 'zustand/react/shallow';
import { type PartState, type Shown, shownOf } from '#store/view/shown.ts';
import { useApp } from './store-context.ts';
import './veil.css';

export const useShown = (): Shown => useApp(useShallow(shownOf));

/** State of one kind of part, for its attribute `data-shown`; `veil.css` has the look. */
export const usePartState = (part: 'pictures' | 'scores' | 'threshold'): PartState =>
  useApp((state) => shownOf(state)[part]);
