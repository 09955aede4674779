/** The metrics of the latest evaluation, or of the past one that the bench shows. */
import { use, useMemo } from 'react';
import { epochChoiceOf, epochChoiceWords } from '#core/epoch-choice.ts';
import { imagesUsed, imagesUsedInWords } from '#core/images-used.ts';
import { presentConfig } from '#store/run/present-comparison.ts';
import { presentStopped } from '#store/run/present-length.ts';
import { latestEvaluation } from '#store/run/state.ts';
import { differenceWords, useDifference } from '../../shared/difference.ts';
import { controlHints } from '../../shared/hints/control-hints.ts';
import { scoreInWords } from '../../shared/labels.ts';
import { PaperDifferences, usePresentDifferences } from '../../shared/paper-differences/PaperDifferences.tsx';
import { useActions, useApp } from '../../shared/store-context.ts';
import { usePartState } from '../../shared/use-shown.ts';
import { Button } from '../../ui/Button.tsx';
import { asFileName, downloadFile } from '../../ui/download.ts';
import { FilePrefix } from '../../ui/file-prefix.ts';
import { formatCount } from '../../ui/format.ts';
import { Hint } from '../../ui/Hint.tsx';
import { Section } from '../../ui/Section.tsx';
import { useScrollRegion } from '../../ui/use-scroll-region.ts';
import { WorkProgress } from '../../ui/WorkProgress.tsx';
import { MetricsTable } from './MetricsTable.tsx';
import { intervalText } from './metric-text.ts';
import { metricsCsv } from './metrics-csv.ts';
import './metrics.css';

const PixelState = () => {
  const pixel = useApp((state) => state.metrics.pixel);
  const { metrics } = useActions();
  if (pixel.phase === 'computing') {
    const { stage, progress } = pixel;
    return (
      <p className="metrics-pixel">
        <WorkProgress
          label="Pixel metrics"
          progress={progress}
          cancelHint="Skips the pixel metrics."
          onCancel={metrics.cancelPixel}
        >
          {stage}
        </WorkProgress>
      </p>
    );
  }
  if (pixel.phase === 'failed') {
    return (
      <p className="metrics-pixel metrics-failed" role="alert">
        {pixel.error.problem}
      </p>
    );
  }
  if (pixel.phase === 'none') {
    return (
      <p className="metrics-pixel">
        <Button
          tone="bare"
          hint="Pixel AUROC and AU-PRO of all test images with masks."
          hintSide="top"
          onClick={() => void metrics.computePixel()}
        >
          Compute pixel metrics
        </Button>
      </p>
    );
  }
  const { overall } = pixel.metrics;
  const left =
    overall.imagesWithoutMask > 0 ? `, ${formatCount(overall.imagesWithoutMask, 'image')} without mask` : '';
  return (
    <p className="metrics-pixel">
      pixels: {formatCount(overall.images, 'image')}, {formatCount(overall.regions, 'region')}
      {left}
    </p>
  );
};

export const MetricsSection = () => {
  const veil = usePartState('scores');
  const present = useApp((state) => state.metrics.evaluation);
  const latest = useApp((state) => latestEvaluation(state.run));
  const presentImage = useApp((state) => state.metrics.image);
  const past = useApp((state) => state.metrics.past);
  const pixel = useApp((state) => state.metrics.pixel);
  const prefix = use(FilePrefix);
  const scroll = useScrollRegion('x');
  const evaluation = past?.evaluation ?? present;
  const image = past?.image ?? presentImage;
  const pixelMetrics = !past && pixel.phase === 'ready' ? pixel.metrics : undefined;
  const comparison = usePresentDifferences(evaluation);
  const choice = useApp(
    (state) =>
      evaluation && epochChoiceOf(evaluation, state.run.history.evaluations, presentConfig(state).epochs),
  );
  const stopped = useApp(presentStopped);
  const samples = useApp((state) => state.dataset.loaded?.samples);
  const config = useApp((state) => state.run.configured ?? state.run.config);
  const used = useMemo(() => samples && imagesUsed(samples, config), [samples, config]);
  const difference = useDifference(evaluation);
  return (
    <Section
      title="Metrics"
      shown={veil}
      className="metrics-section"
      aside={
        <span className="chart-figure number">
          {evaluation && `epoch ${evaluation.epoch}, BN ${evaluation.batchNorm}`}
        </span>
      }
    >
      {image && evaluation && used ? (
        <>
          <p className="chart-note">{scoreInWords(evaluation)}</p>
          {stopped !== undefined && choice === 'stopped-early' && (
            <p className="chart-note number" data-testid="run-stopped">
              {stopped}
            </p>
          )}
          {choice === 'chosen-on-test' && (
            <p className="chart-note">
              <Hint {...controlHints.chosenOnTest} side="top">
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach its hint */}
                <b className="chosen-on-test" tabIndex={0} data-testid="chosen-on-test">
                  epoch {evaluation.epoch}, {epochChoiceWords[choice]}
                </b>
              </Hint>
            </p>
          )}
          <p className="metrics-images number" data-testid="images-used">
            {imagesUsedInWords(used)}
          </p>
          <p className="chart-note number" title="Bootstrap, 2000 resamples within each class">
            AUROC, 95 % interval: {intervalText(image.overall.aurocInterval)}
          </p>
          {difference && (
            <p
              className="chart-note number"
              title="Paired bootstrap: both scores of the same 2000 resamples of the test images"
              data-testid="metrics-difference"
            >
              to the variation model: {differenceWords(difference)}
            </p>
          )}
          <section
            className="metrics-scroll"
            aria-label="Table of metrics"
            aria-busy={!past && evaluation !== latest}
            {...scroll}
          >
            <MetricsTable image={image} pixel={pixelMetrics} />
          </section>
          <div className="metrics-foot">
            {past ? <p className="metrics-pixel">pixel metrics: latest epoch only</p> : <PixelState />}
            <PaperDifferences of="This run" {...comparison} side="top" />
            <Button
              tone="bare"
              aria-label="Metrics as CSV"
              hint="All metrics in full precision, overall and by defect type."
              hintSide="top"
              onClick={() =>
                downloadFile(
                  `${asFileName(`${prefix} metrics epoch ${evaluation.epoch}`)}.csv`,
                  metricsCsv(evaluation, image, pixelMetrics, {
                    images: used,
                    epochChoice: choice ?? 'stopped-early',
                    difference,
                    differencesFromPaper: comparison.differences,
                  }),
                  'text/csv',
                )
              }
            >
              CSV
            </Button>
          </div>
        </>
      ) : (
        <p className="metrics-empty">No evaluation yet.</p>
      )}
    </Section>
  );
};
