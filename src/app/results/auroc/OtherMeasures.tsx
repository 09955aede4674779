/** Says that overlaid AUROC curves were measured otherwise, and offers to rescore their runs. */
import { RescoreRuns } from '../../shared/measure/RescoreRuns.tsx';
import type { OverlaidAuroc } from './overlaid-auroc.ts';

interface OtherMeasuresProps {
  readonly curves: readonly OverlaidAuroc[];
  /** Ids of their runs. */
  readonly ids: readonly string[];
}

export const OtherMeasures = ({ curves, ids }: OtherMeasuresProps) => {
  if (curves.every(({ comparable }) => comparable)) return null;
  return (
    <p className="chart-note chart-caution other-measures">
      <span>Faint curves have another score or other images, and are not comparable.</span>{' '}
      <RescoreRuns ids={ids} tone="bare" />
    </p>
  );
};
