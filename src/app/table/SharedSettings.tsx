/** The settings of all runs of the table, as they were when it was planned. */
import { sharedSettings } from '#core/table/describe-table.ts';
import { useApp } from '../shared/store-context.ts';
import { Hint } from '../ui/Hint.tsx';

export const SharedSettings = () => {
  const base = useApp((state) => state.table.base);
  if (!base) return null;
  const { side, width, batch, epochs } = base;
  return (
    <details className="shared-settings">
      <Hint text="All settings, as they were when the table was planned." side="top">
        <summary>
          Settings of all runs: side {side}, width {width}, batch {batch}, epochs {epochs}, …
        </summary>
      </Hint>
      <dl>
        {sharedSettings(base).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
};
