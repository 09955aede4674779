/** The baselines: results without training, for comparison with all other results. */
import { useMemo } from 'react';
import type { ReferenceEvaluation } from '#core/baselines/reference-evaluation.ts';
import { presentReferences } from '#store/baselines/state.ts';
import { labelsOf } from '#store/dataset/image-labels.ts';
import { SeparationNotices } from '../../shared/SeparationNotices.tsx';
import { useActions, useApp } from '../../shared/store-context.ts';
import { Button } from '../../ui/Button.tsx';
import { asFileName, downloadFile } from '../../ui/download.ts';
import { formatCount } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';
import { useScrollRegion } from '../../ui/use-scroll-region.ts';
import { WorkProgress } from '../../ui/WorkProgress.tsx';
import { BaselinesTable } from './BaselinesTable.tsx';
import { baselinesCsv } from './baselines-csv.ts';
import './baselines.css';

/** The progress of the baselines, the button to start them after a cancellation, or their error. */
const WorkState = () => {
  const underWay = useApp((state) => state.baselines.underWay);
  const stopped = useApp((state) => state.baselines.stopped);
  const error = useApp((state) => state.baselines.error);
  const { baselines } = useActions();
  if (underWay?.progress) {
    return (
      <WorkProgress
        label="Baselines"
        progress={underWay.progress}
        cancelHint="Leaves out what is not computed yet."
        onCancel={baselines.cancel}
      >
        computing
      </WorkProgress>
    );
  }
  if (error) {
    return (
      <span className="metrics-failed" role="alert">
        {error.problem}
      </span>
    );
  }
  if (!stopped) return null;
  return (
    <Button
      tone="bare"
      hint="The statistics of the images, the mean image and the variation model."
      hintSide="top"
      onClick={() => void baselines.compute()}
    >
      Compute the rest
    </Button>
  );
};

/** How the references were computed. */
const useReferenceNote = (): string | undefined => {
  const references = useApp((state) => presentReferences(state.baselines, state.run));
  const name = useApp((state) => (state.dataset.loaded?.fit === 'tiles' ? 'tile' : 'image'));
  if (!references) return undefined;
  if (!references.defined) return references.reason;
  const { meanImage, variationModel, goodImages, calibrationImages } = references;
  const images =
    calibrationImages < goodImages
      ? `mean of ${formatCount(goodImages, `good ${name}`)}, variation of ${calibrationImages}, evenly spaced`
      : `from ${formatCount(goodImages, `good training ${name}`)}`;
  return variationModel.settings.score === meanImage.settings.score
    ? images
    : `${images}; a score without a residual map cannot be calibrated, so the variation model uses the top share`;
};

const noReferences: readonly ReferenceEvaluation[] = [];

export const BaselinesSection = () => {
  const loaded = useApp((state) => state.dataset.loaded);
  const statistics = useApp((state) => state.baselines.statistics);
  const present = useApp((state) => presentReferences(state.baselines, state.run));
  const note = useReferenceNote();
  const scroll = useScrollRegion('x');
  const anomalous = useMemo(() => labelsOf(loaded?.samples ?? []).anomalous, [loaded]);
  const references = useMemo(
    () => (present?.defined ? [present.meanImage, present.variationModel] : undefined),
    [present],
  );
  const undefinedBecause =
    statistics?.[0] && !statistics[0].imageAuroc.defined ? statistics[0].imageAuroc.reason : undefined;
  return (
    <Section title="Without training" className="baselines-section">
      {!statistics && <p className="metrics-empty">{loaded ? 'Computing' : 'Load images first.'}</p>}
      {statistics && (
        <>
          {undefinedBecause && <p className="metrics-empty">{undefinedBecause}</p>}
          <section
            className="metrics-scroll"
            aria-label="Table of baselines"
            aria-busy={present === undefined}
            {...scroll}
          >
            <BaselinesTable {...{ statistics, references, anomalous }} />
          </section>
          {note && <p className="baselines-foot">{note}</p>}
          <SeparationNotices />
        </>
      )}
      <div className="metrics-foot">
        <p className="metrics-pixel">
          <WorkState />
        </p>
        {statistics && (
          <Button
            tone="bare"
            aria-label="Baselines as CSV"
            hint="The figures of all baselines in full precision."
            hintSide="top"
            onClick={() =>
              downloadFile(
                `${asFileName(`${loaded?.category.name ?? ''} baselines`)}.csv`,
                baselinesCsv(statistics, references ?? noReferences),
                'text/csv',
              )
            }
          >
            CSV
          </Button>
        )}
      </div>
    </Section>
  );
};
