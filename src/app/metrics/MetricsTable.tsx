/** All metrics of the latest evaluation, overall and for each defect type. */
import type { ImageMetrics } from '#core/metrics/image-metrics.ts';
import type { PixelMetrics } from '#core/metrics/pixel-metrics.ts';
import { imageMetricTexts, type MetricText, pixelMetricTexts } from './metric-text.ts';

interface MetricsTableProps {
  readonly image: ImageMetrics;
  readonly pixel: PixelMetrics | undefined;
}

const columns = [
  { label: 'AUROC', title: 'Area under the ROC curve of the image scores' },
  { label: 'AP', title: 'Average precision of the image scores' },
  { label: 'F1', title: 'Largest F1 over all thresholds' },
  { label: 'pixels', title: 'Area under the ROC curve of all pixels' },
  { label: 'PRO', title: 'Per-region overlap up to a false positive rate of 0.3' },
] as const;

const Row = ({ name, cells }: { readonly name: string; readonly cells: readonly MetricText[] }) => (
  <tr>
    <th scope="row" title={name}>
      {name}
    </th>
    {columns.map(({ label }, index) => (
      <td key={label} title={cells[index]?.title} data-undefined={cells[index]?.text === 'undefined'}>
        {cells[index]?.text === 'undefined' ? 'n/a' : cells[index]?.text}
      </td>
    ))}
  </tr>
);

export const MetricsTable = ({ image, pixel }: MetricsTableProps) => (
  <table className="metrics-table number">
    <thead>
      <tr>
        <th scope="col">
          <span className="visually-hidden">Images</span>
        </th>
        {columns.map(({ label, title }) => (
          <th key={label} scope="col" title={title}>
            {label}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      <Row name="all" cells={[...imageMetricTexts(image.overall), ...pixelMetricTexts(pixel?.overall)]} />
      {image.perDefectType.map(({ defectType, value }) => (
        <Row
          key={defectType}
          name={defectType}
          cells={[
            ...imageMetricTexts(value),
            ...pixelMetricTexts(pixel?.perDefectType.find((entry) => entry.defectType === defectType)),
          ]}
        />
      ))}
    </tbody>
  </table>
);
