/** The legend of the runs' curves; nothing if the present run is the only one. */
import type { LossName } from '#core/config.ts';
import { CurveSwatch } from '../plot/CurveSwatch.tsx';
import { presentStyle } from '../plot/curve-style.ts';
import type { NamedCurve } from '../plot/curves.ts';
import { usePresentName, usePresentNote, withNotes } from '../shared/use-overlaid.ts';

interface RunLegendProps {
  /** The curves of overlaid runs, with their notes. */
  readonly overlaid: readonly Pick<NamedCurve, 'key' | 'name' | 'style'>[];
  /** Loss of the present run; undefined if it has no curve. */
  readonly present: LossName | undefined;
  /** Lines of the references, which need no network. */
  readonly references?: readonly NamedCurve[];
}

const noReferences: readonly NamedCurve[] = [];

export const RunLegend = ({ overlaid, present, references = noReferences }: RunLegendProps) => {
  const presentName = usePresentName();
  const presentNote = usePresentNote();
  if (overlaid.length === 0 && references.length === 0) return null;
  return (
    <ul className="curve-legend">
      {present && (
        <li>
          <CurveSwatch {...presentStyle(present)} />
          <span>{withNotes(presentName, [presentNote])}</span>
        </li>
      )}
      {overlaid.map(({ key, style, name }) => (
        <li key={key}>
          <CurveSwatch {...style} />
          <span>{name}</span>
        </li>
      ))}
      {references.map(({ key, name, style, points }) => (
        <li key={key} data-testid={`legend-${key}`}>
          <CurveSwatch {...style} />
          <span>
            {name} {points[0].y.toFixed(3)}
          </span>
        </li>
      ))}
    </ul>
  );
};
