/** Whether the page opens with the finished pair of runs. */
import { guide } from './guide-state.ts';

/** The query `?empty` opens the page without the pair, for the command line and for tests. */
export const opensWithPair = (): boolean =>
  !guide.getState().welcomed && !new URLSearchParams(location.search).has('empty');
