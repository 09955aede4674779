/** The plan of a race: opens its settings, or removes it. The main button names its contestants. */
import { plannedNames } from '../../shared/race/planned-race.ts';
import { setRaceDialog } from '../../shared/race/race-dialog.ts';
import { useActions, useApp } from '../../shared/store-context.ts';
import { Button } from '../../ui/Button.tsx';
import { CloseIcon } from '../../ui/icons.tsx';

/** @param blocked why the plan cannot change now */
export const RaceChip = ({ blocked }: { readonly blocked: string | undefined }) => {
  const names = useApp((state) => plannedNames(state.run.config, state.race.planned));
  const { race } = useActions();
  const text = names.length > 0 ? names.join(', ') : 'not possible with these settings';
  return (
    <span className="chip race-chip" data-testid="race-chip">
      <Button
        tone="bare"
        hint={`The next run is a race: ${text}. Opens its settings.`}
        blocked={blocked}
        aria-haspopup="dialog"
        onClick={() => setRaceDialog(true)}
      >
        <b>{names.length > 0 ? 'Plan…' : 'Not possible…'}</b>
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
