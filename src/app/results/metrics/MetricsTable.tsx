/** All metrics of the latest evaluation, overall and for each defect type. */
import type { ImageMetrics } from '#core/metrics/image-metrics.ts';
import type { PixelMetrics } from '#core/metrics/pixel-metrics.ts';
import { controlHints } from '../../shared/hints/control-hints.ts';
import { BreakableName } from '../../ui/BreakableName.tsx';
import { Hint } from '../../ui/Hint.tsx';
import { imageMetricTexts, type MetricText, pixelMetricTexts } from './metric-text.ts';

interface MetricsTableProps {
  readonly image: ImageMetrics;
  readonly pixel: PixelMetrics | undefined;
}

const columns = [
  { label: 'AUROC', hint: controlHints.auroc },
  { label: 'AP', hint: controlHints.averagePrecision },
  { label: 'F1', hint: controlHints.f1Max },
  { label: 'pixels', hint: controlHints.pixelAuroc },
  { label: 'PRO', hint: controlHints.auPro },
] as const;

const Row = ({ name, cells }: { readonly name: string; readonly cells: readonly MetricText[] }) => (
  <tr>
    <th scope="row" title={name}>
      <BreakableName name={name} />
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
        {columns.map(({ label, hint }) => (
          <Hint key={label} {...hint} side="top">
            <th scope="col">{label}</th>
          </Hint>
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
