/** Which curve belongs to which run; nothing where there is only the present one. */
import type { LossName } from '#core/config.ts';
import { CurveSwatch } from './CurveSwatch.tsx';
import { presentStyle } from './curve-style.ts';
import { type OverlaidRun, usePresentName } from './use-overlaid.ts';
import './runs.css';

interface CurveLegendProps {
  readonly overlaid: readonly OverlaidRun[];
  /** Loss of the present run; undefined where it has no curve. */
  readonly present: LossName | undefined;
}

export const CurveLegend = ({ overlaid, present }: CurveLegendProps) => {
  const presentName = usePresentName();
  if (overlaid.length === 0) return null;
  return (
    <ul className="curve-legend">
      {present && (
        <li>
          <CurveSwatch {...presentStyle(present)} />
          <span>{presentName}</span>
        </li>
      )}
      {overlaid.map(({ run, style }) => (
        <li key={run.id}>
          <CurveSwatch {...style} />
          <span>{run.name}</span>
        </li>
      ))}
    </ul>
  );
};
