/** Lays the curves of a kept run over those of the present one. */
import { useActions } from '../shared/store-context.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { Hint } from '../ui/Hint.tsx';
import type { ListedRun } from './use-run-list.ts';

export const OverlayBox = ({ run, chosen, choosable }: Pick<ListedRun, 'run' | 'chosen' | 'choosable'>) => {
  const { runs } = useActions();
  return (
    <Hint
      side="left"
      text="Draws its curves in the charts beside those of the present run."
      blocked={choosable ? undefined : 'Six runs are overlaid: let one of them go first.'}
    >
      <Checkbox
        checked={chosen}
        blocked={!choosable}
        aria-label={`Overlay ${run.name}`}
        onChange={(wanted) => runs.choose(run.id, wanted)}
      />
    </Hint>
  );
};
