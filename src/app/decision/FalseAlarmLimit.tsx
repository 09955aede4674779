/** The fraction of good images that the quantile policy may flag, as a field in percent. */
import { useId, useState } from 'react';
import { controlHints } from '../shared/hints/control-hints.ts';
import { useActions } from '../shared/store-context.ts';
import { Hint } from '../ui/Hint.tsx';

const mostPercent = 50;

/** Two decimals: 1 - 0.95 is 0.050000000000000044. */
const percentOf = (quantile: number): number => Math.round(1e4 * (1 - quantile)) / 100;

export const FalseAlarmLimit = ({ quantile }: { readonly quantile: number }) => {
  const [draft, setDraft] = useState<string>();
  const { decision } = useActions();
  const id = useId();
  return (
    <Hint {...controlHints.falseAlarmLimit} side="top">
      <div className="decision-limit number">
        <label htmlFor={id}>False alarms at most</label>
        <input
          id={id}
          type="number"
          min={0}
          max={mostPercent}
          step={0.5}
          value={draft ?? percentOf(quantile)}
          aria-description={controlHints.falseAlarmLimit.text}
          onChange={({ currentTarget: { value, valueAsNumber } }) => {
            setDraft(value);
            if (valueAsNumber >= 0 && valueAsNumber <= mostPercent)
              decision.setPolicy({ kind: 'good-quantile', quantile: 1 - valueAsNumber / 100 });
          }}
          onBlur={() => setDraft(undefined)}
        />
        <span>% of good images</span>
      </div>
    </Hint>
  );
};
