/** AUROC with its interval, loss and epoch, small: in view wherever a narrow page is scrolled to. */
import type { ColumnHistory } from '#core/step-history.ts';
import type { AppState } from '#store/app-state.ts';
import { contestantsOf } from '#store/race/state.ts';
import { latestEvaluation } from '#store/run/state.ts';
import { intervalText } from '../../results/metrics/metric-text.ts';
import { lossLabels } from '../../shared/labels.ts';
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

const aurocText = (history: ColumnHistory): string => {
  const auroc = history.evaluations.at(-1)?.imageAuroc;
  return auroc?.defined ? auroc.value.toFixed(3) : '–';
};

/** The AUROC of each contestant of a race. */
const RaceAurocs = () => {
  const contestants = useApp(contestantsOf);
  return (
    <span>
      AUROC{' '}
      {contestants.map(({ config, history }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: contestants are known by their place only.
        <span key={index}>
          {lossLabels[config.loss]} <b>{aurocText(history)}</b>{' '}
        </span>
      ))}
    </span>
  );
};

export const StripFigures = () => {
  const auroc = useApp(({ run }) => aurocText(run.history));
  const interval = useApp(intervalOf);
  const races = useApp(({ race }) => race.rivals.length > 0);
  const loss = useThrottled(lossOf, 250);
  const epoch = useApp(({ run }) => `${run.status.epoch} / ${run.status.epochs}`);
  return (
    <p className="narrow-figures number" data-testid="narrow-figures">
      {races ? (
        <RaceAurocs />
      ) : (
        <span>
          AUROC <b>{auroc}</b> {interval}
        </span>
      )}
      <span>
        loss <b>{loss === undefined ? '–' : formatFigure(loss)}</b>
      </span>
      <span>
        epoch <b>{epoch}</b>
      </span>
    </p>
  );
};
