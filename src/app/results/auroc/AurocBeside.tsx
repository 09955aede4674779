/** The context of an AUROC: its interval, and the difference from the variation model, which needs no network. */
import type { Evaluation } from '#core/history.ts';
import { pastStepOf } from '#store/view/past-step.ts';
import { toVariationModelWords, useDifference } from '../../shared/difference.ts';
import { useApp } from '../../shared/store-context.ts';
import { intervalText } from '../metrics/metric-text.ts';

const Beside = ({ words, testId }: { readonly words: readonly string[]; readonly testId: string }) =>
  words.length > 0 && (
    <p className="auroc-beside number" data-testid={testId}>
      {words.join(' · ')}
    </p>
  );

/** For the latest evaluation, and for the past one that the bench shows. */
export const AurocBeside = ({ latest }: { readonly latest: Evaluation | undefined }) => {
  const measured = useApp((state) => state.metrics.evaluation);
  const interval = useApp((state) => state.metrics.image?.overall.aurocInterval);
  const past = useApp((state) => {
    const step = pastStepOf(state);
    return step === undefined
      ? undefined
      : state.run.history.evaluations.find((evaluation) => evaluation.step === step);
  });
  const words = toVariationModelWords(useDifference(latest));
  const pastWords = toVariationModelWords(useDifference(past));
  const ownInterval = measured === latest && interval?.defined ? [`95 % ${intervalText(interval)}`] : [];
  return (
    <>
      <Beside testId="auroc-beside" words={[...ownInterval, ...(words === undefined ? [] : [words])]} />
      {past?.imageAuroc.defined && (
        <Beside
          testId="auroc-beside-past"
          words={[
            `epoch ${past.epoch}: ${past.imageAuroc.value.toFixed(3)}`,
            ...(pastWords === undefined ? [] : [pastWords]),
          ]}
        />
      )}
    </>
  );
};
