/** What the comparison is set to, outside React: it survives a look at another page. */
import { createStore } from 'zustand/vanilla';

export interface ComparisonState {
  /** Whether each residual has a colour scale of its own. */
  readonly ownResidualScales: boolean;
}

export const comparison = createStore<ComparisonState>()(() => ({ ownResidualScales: false }));
