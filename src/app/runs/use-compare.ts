/** From the runs to the figure that sets them side by side on the image that is shown. */
import { keptRun } from '#store/runs/state.ts';
import { comparison, mostKeptRows } from '../shared/comparison-state.ts';
import { useActions, useApp, useAppStore } from '../shared/store-context.ts';

export interface Compare {
  /** Why nothing can be compared now; undefined where there is an image to compare on, and a run. */
  readonly blocked: string | undefined;
  /** What is compared, in words. */
  readonly title: string;
  readonly compare: () => void;
}

/** The overlaid runs get a row each; where none is, the newest run of each loss but the present one's. */
export const useCompare = (): Compare => {
  const store = useAppStore();
  const { view } = useActions();
  const hasImage = useApp((state) => state.view.selected !== undefined);
  const hasRuns = useApp((state) => state.runs.kept.length > 0);
  const overlaid = useApp(({ runs }) => runs.chosen.filter((id) => id !== runs.presentId).length);
  const rows = overlaid > mostKeptRows ? `The first ${mostKeptRows} overlaid runs` : 'The overlaid runs';
  return {
    blocked: !hasImage ? 'Choose an image first.' : hasRuns ? undefined : 'No run is kept yet.',
    title:
      overlaid > 0
        ? `${rows} on the image that is shown, side by side with the present one`
        : 'The newest run of each loss on the image that is shown: overlay runs to choose others',
    compare: () => {
      const { runs } = store.getState();
      const chosen = runs.chosen.filter((id) => id !== runs.presentId && keptRun(runs, id));
      comparison.setState({ chosen: chosen.length > 0 ? chosen.slice(0, mostKeptRows) : undefined });
      view.set({ page: 'figures', figure: 'comparison' });
    },
  };
};
