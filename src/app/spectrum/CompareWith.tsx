/** Chooses a retained run to draw beside the present one. */
import { mostChosen } from '#store/runs/state.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Hint } from '../ui/Hint.tsx';
import { Select } from '../ui/Select.tsx';
import { spectrumHints } from './spectrum-hints.ts';

export const CompareWith = () => {
  const { runs } = useActions();
  const retained = useApp((state) => state.runs.retained);
  const chosen = useApp((state) => state.runs.chosen);
  const presentId = useApp((state) => state.runs.presentId);
  const side = useApp((state) => (state.run.configured ?? state.run.config).side);
  const others = retained.filter(({ id, config }) => id !== presentId && config.side === side);
  const drawn = others.filter(({ id }) => chosen.includes(id));
  const blocked =
    others.length === 0
      ? `No other retained run has ${side} px.`
      : chosen.length >= mostChosen && drawn.length === 0
        ? 'Remove an overlaid run in the list of runs first.'
        : undefined;
  return (
    <Hint {...spectrumHints.compareWith} blocked={blocked} side="left">
      <Select
        className="compare-with number"
        aria-label="Compare with a retained run"
        value={drawn[0]?.id ?? ''}
        options={[
          { value: '', label: 'Compare with…' },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        blocked={blocked !== undefined}
        onChange={(id) => {
          for (const run of drawn) runs.choose(run.id, false);
          if (id !== '') runs.choose(id, true);
        }}
      />
    </Hint>
  );
};
