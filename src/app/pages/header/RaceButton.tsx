/** Opens the dialog that plans a race; with a plan, names its contestants and can remove it. Holds the dialog. */
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { raceDialog, setRaceDialog } from '../../shared/race/race-dialog.ts';
import { useRaceBlocked } from '../../shared/race/use-race-blocked.ts';
import { useApp } from '../../shared/store-context.ts';
import { Button } from '../../ui/Button.tsx';

const RaceChip = lazy(async () => ({ default: (await import('./RaceChip.tsx')).RaceChip }));
const RaceDialog = lazy(() => import('../../race/plan/RaceDialog.tsx'));

export const RaceButton = () => {
  const open = useStore(raceDialog, (state) => state.open);
  const planned = useApp((state) => state.race.planned.length > 0);
  const blocked = useRaceBlocked();
  return (
    <>
      {planned ? (
        <Suspense fallback={null}>
          <RaceChip blocked={blocked} />
        </Suspense>
      ) : (
        <Button
          hint="Trains up to three runs in turns, to compare them on one clock."
          blocked={blocked}
          aria-haspopup="dialog"
          aria-label="Race against…"
          onClick={() => setRaceDialog(true)}
        >
          Race<span className="race-button-more">&nbsp;against</span>…
        </Button>
      )}
      {open && (
        <Suspense fallback={null}>
          <RaceDialog />
        </Suspense>
      )}
    </>
  );
};
