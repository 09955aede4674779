/** AUROC with its interval, loss and epoch, small: in view wherever a narrow page is scrolled to. */
import type { AppState } from '#store/app-state.ts';
import { latestEvaluation } from '#store/run/state.ts';
import { intervalText } from '../../results/metrics/metric-text.ts';
import { useApp } from '../../shared/store-context.ts';
import { useThrottled } from '../../shared/use-throttled.ts';
import { formatFigure } from '../../ui/format.ts';

const lossOf = ({ run }: AppState): number | undefined => run.history.steps.at(-1)?.loss;

const intervalOf = ({ run, metrics }: AppState): string | undefined => {
  const interval = metrics.image?.overall.aurocInterval;
  return interval?.defined && metrics.evaluation === latestEvaluation(run)
    ? intervalText(interval)
    : undefined;
};

const aurocOf = ({ run }: AppState): string => {
  const auroc = latestEvaluation(run)?.imageAuroc;
  return auroc?.defined ? auroc.value.toFixed(3) : '–';
};

export const StripFigures = () => {
  const auroc = useApp(aurocOf);
  const interval = useApp(intervalOf);
  const loss = useThrottled(lossOf, 250);
  const epoch = useApp(({ run }) => `${run.status.epoch} / ${run.status.epochs}`);
  return (
    <p className="narrow-figures number" data-testid="narrow-figures">
      <span>
        AUROC <b>{auroc}</b> {interval}
      </span>
      <span>
        loss <b>{loss === undefined ? '–' : formatFigure(loss)}</b>
      </span>
      <span>
        epoch <b>{epoch}</b>
      </span>
    </p>
  );
};
