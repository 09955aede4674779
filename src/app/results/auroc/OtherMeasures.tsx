/** Says that overlaid AUROC curves were measured otherwise, and offers to rescore their runs. */
import { RescoreRuns } from '../../shared/measure/RescoreRuns.tsx';

/** @param ids ids of the runs */
const OtherMeasures = ({ ids }: { readonly ids: readonly string[] }) => (
  <p className="chart-note chart-caution other-measures">
    <span>Faint curves have another score or other images, and are not comparable.</span>{' '}
    <RescoreRuns ids={ids} tone="bare" />
  </p>
);

export default OtherMeasures;
