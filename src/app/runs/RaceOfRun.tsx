/** The runs that a retained run raced against, and the button that overlays them all. */
import { useMemo } from 'react';
import type { RetainedRun } from '#store/runs/retained-run.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';

/** The other retained runs of its race, in the order of their places. */
const useRacedWith = ({ id, race }: RetainedRun): readonly RetainedRun[] => {
  const retained = useApp((state) => state.runs.retained);
  return useMemo(
    () =>
      race === undefined
        ? []
        : retained
            .filter((other) => other.id !== id && other.race?.id === race.id)
            .toSorted((one, other) => (one.race?.place ?? 0) - (other.race?.place ?? 0)),
    [retained, id, race],
  );
};

export const RaceOfRun = ({ run }: { readonly run: RetainedRun }) => {
  const others = useRacedWith(run);
  const { runs } = useActions();
  if (others.length === 0) return null;
  const names = others.map(({ name }) => name).join(' and ');
  return (
    <Button
      tone="bare"
      className="run-race"
      hint={`It raced against ${names}: equal batches, trained in turns. Overlays the curves of all.`}
      hintSide="left"
      onClick={() => {
        for (const { id } of [run, ...others]) runs.choose(id, true);
      }}
    >
      raced against {names}
    </Button>
  );
};
