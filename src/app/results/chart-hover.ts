/** The epoch at the pointer, which the other charts over time also mark. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

interface HoveredEpoch {
  /** The chart under the pointer. */
  readonly chart: string;
  readonly epoch: number;
}

const hovered = createStore<{ readonly at: HoveredEpoch | undefined }>(() => ({ at: undefined }));

/** Reports the pointer's epoch; undefined once it has left the chart. */
export const hoverEpoch = (chart: string, epoch: number | undefined): void => {
  if (epoch !== undefined) hovered.setState({ at: { chart, epoch } });
  else if (hovered.getState().at?.chart === chart) hovered.setState({ at: undefined });
};

/** The epoch at the pointer, if the pointer is in another chart. */
export const useHoveredEpoch = (chart: string): number | undefined =>
  useStore(hovered, ({ at }) => (at && at.chart !== chart ? at.epoch : undefined));
