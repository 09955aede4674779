/** Evaluates retained runs again by the page's score, to make their figures comparable. Nothing if none needs it. */
import { canBeRescored } from '#store/runs/measure.ts';
import { Button } from '../../ui/Button.tsx';
import { WorkProgress } from '../../ui/WorkProgress.tsx';
import { useActions, useApp } from '../store-context.ts';
import { blockedTransport } from '../transport/blocked-transport.ts';
import { useMeasure } from './use-measure.ts';

interface RescoreRunsProps {
  /** Ids of the runs; the same array between renders while the runs are the same. */
  readonly ids: readonly string[];
  readonly tone?: 'bare';
}

export const RescoreRuns = ({ ids, tone }: RescoreRunsProps) => {
  const { runs } = useActions();
  const measure = useMeasure();
  const retained = useApp((state) => state.runs.retained);
  const rescoring = useApp((state) => state.runs.rescoring);
  const blocked = useApp(
    ({ run, race, dataset }) => blockedTransport(run, race, dataset.loaded !== undefined).import,
  );
  if (rescoring)
    return (
      <WorkProgress
        label="Rescoring runs"
        progress={rescoring}
        cancelHint="Finished evaluations stay."
        onCancel={runs.cancelRescore}
      >
        {rescoring.name}
      </WorkProgress>
    );
  const isWanted = retained.some((run) => ids.includes(run.id) && measure && canBeRescored(run, measure));
  if (!isWanted) return null;
  return (
    <Button
      {...(tone ? { tone } : {})}
      className="rescore-runs"
      hint="Evaluates these runs again, by the page’s score on the loaded images. Their own figures stay stored."
      hintSide="top"
      blocked={blocked}
      onClick={() => void runs.rescore(ids)}
    >
      Rescore all
    </Button>
  );
};
