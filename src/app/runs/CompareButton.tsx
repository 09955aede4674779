/** Opens the comparison of the runs on the image shown. */

import { retainedRun } from '#store/runs/state.ts';
import { comparison, mostRetainedRows } from '../shared/comparison-state.ts';
import { useActions, useApp, useAppStore } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';

interface CompareButtonProps {
  /** Called after the page has changed. */
  readonly onCompared?: () => void;
}

/** The overlaid runs get a row each; if there are none, the newest run of each loss but the present one's. */
export const CompareButton = ({ onCompared }: CompareButtonProps) => {
  const store = useAppStore();
  const { view } = useActions();
  const hasImage = useApp((state) => state.view.selected !== undefined);
  const hasRuns = useApp((state) => state.runs.retained.length > 0);
  const overlaid = useApp(({ runs }) => runs.chosen.filter((id) => id !== runs.presentId).length);
  const rows =
    overlaid > mostRetainedRows ? `the first ${mostRetainedRows} overlaid runs` : 'the overlaid runs';
  const hint =
    overlaid > 0
      ? `Compares ${rows} with the current run on the image shown.`
      : 'Compares the newest run of each loss on the image shown. Overlay runs to choose others.';
  const compare = (): void => {
    const { runs } = store.getState();
    const chosen = runs.chosen.filter((id) => id !== runs.presentId && retainedRun(runs, id));
    comparison.setState({ chosen: chosen.length > 0 ? chosen.slice(0, mostRetainedRows) : undefined });
    view.set({ page: 'figures', figure: 'comparison' });
    onCompared?.();
  };
  return (
    <Button
      className="runs-compare"
      hint={hint}
      hintSide="top"
      blocked={!hasImage ? 'Choose an image first.' : hasRuns ? undefined : 'No run is retained yet.'}
      onClick={compare}
    >
      Compare on this image
    </Button>
  );
};
