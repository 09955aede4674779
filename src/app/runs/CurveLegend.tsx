/** Which curve belongs to which run; nothing where there is only the present one. */
import type { LossName } from '#core/config.ts';
import { keptRun } from '#store/runs/runs-state.ts';
import { useApp } from '../hooks/store-context.ts';
import { CurveSwatch } from './CurveSwatch.tsx';
import { presentStyle } from './curve-style.ts';
import type { OverlaidRun } from './use-overlaid.ts';
import './runs.css';

interface CurveLegendProps {
  readonly overlaid: readonly OverlaidRun[];
  /** Loss of the present run; undefined where it has no curve. */
  readonly present: LossName | undefined;
}

export const CurveLegend = ({ overlaid, present }: CurveLegendProps) => {
  const presentName = useApp((state) => keptRun(state.runs, state.runs.presentId)?.name);
  if (overlaid.length === 0) return null;
  return (
    <ul className="curve-legend">
      {present && (
        <li>
          <CurveSwatch {...presentStyle(present)} />
          <span>{presentName ?? 'this run'}</span>
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
