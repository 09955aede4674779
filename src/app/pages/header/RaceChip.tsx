/** The planned race: its contestants, with a button that removes the plan. */
import { useMemo } from 'react';
import { contestantConfigs } from '#core/race.ts';
import { contestantNames } from '../../shared/race/contestant-names.ts';
import { setRaceDialog } from '../../shared/race/race-dialog.ts';
import { useActions, useApp } from '../../shared/store-context.ts';
import { Button } from '../../ui/Button.tsx';
import { CloseIcon } from '../../ui/icons.tsx';

/** Names of the planned contestants; empty without a plan, and while changed settings contradict it. */
const usePlannedNames = (): readonly string[] => {
  const config = useApp((state) => state.run.config);
  const planned = useApp((state) => state.race.planned);
  return useMemo(() => {
    if (planned.length === 0) return [];
    try {
      return contestantNames(contestantConfigs(config, planned));
    } catch {
      return [];
    }
  }, [config, planned]);
};

/** @param blocked why the plan cannot change now */
export const RaceChip = ({ blocked }: { readonly blocked: string | undefined }) => {
  const names = usePlannedNames();
  const { race } = useActions();
  const text = names.length > 0 ? names.join(' · ') : 'not possible';
  return (
    <span className="chip race-chip" data-testid="race-chip">
      <Button
        tone="bare"
        hint={`The next run is a race: ${text}. Opens its settings.`}
        blocked={blocked}
        aria-haspopup="dialog"
        aria-label={`Race: ${text}`}
        onClick={() => setRaceDialog(true)}
      >
        <b className="chip-text">{text}</b>
      </Button>
      <Button
        tone="bare"
        hint="Removes the race: the next run trains alone."
        blocked={blocked}
        aria-label="Remove the race"
        onClick={race.cancelPlan}
      >
        <CloseIcon />
      </Button>
    </span>
  );
};
