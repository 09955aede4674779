/** A field for typing a cut-off. */
import { useId, useState } from 'react';
import { useStore } from 'zustand';
import { figureHints } from '../../shared/hints/figure-hints.ts';
import { Hint } from '../../ui/Hint.tsx';
import { type CutOff, cutOffAt, explorer, largestCutOff, moveCutOff, radiusStep } from './explorer-state.ts';

const labels: Readonly<Record<CutOff, string>> = { inner: 'Inner radius', outer: 'Outer radius' };

interface CutOffFieldProps {
  readonly which: CutOff;
  readonly side: number;
}

export const CutOffField = ({ which, side }: CutOffFieldProps) => {
  const value = useStore(explorer, (state) => cutOffAt(state, which, side));
  const [draft, setDraft] = useState<string>();
  const id = useId();
  return (
    <Hint {...(which === 'inner' ? figureHints.innerRadius : figureHints.outerRadius)}>
      <div className="setting">
        <label htmlFor={id}>{labels[which]}</label>
        <span className="cut-off-field">
          <input
            id={id}
            type="number"
            min={0}
            max={largestCutOff(side)}
            step={radiusStep}
            value={draft ?? value}
            onChange={({ currentTarget }) => {
              const radius = currentTarget.valueAsNumber;
              setDraft(currentTarget.value);
              // While 12 is being typed, 1 may be on the wrong side of the other cut-off: ignore it.
              const moved = moveCutOff(explorer.getState(), which, radius, side);
              if (moved[which] === radius) explorer.setState(moved);
            }}
            onBlur={() => setDraft(undefined)}
          />
          <span className="quiet">cycles / image</span>
        </span>
      </div>
    </Hint>
  );
};
