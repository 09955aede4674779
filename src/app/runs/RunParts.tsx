/** Parts of a retained run that the list and the table share. */
import { differenceText } from '#core/table/cell-text.ts';
import { evaluationOf, type RetainedRun } from '#store/runs/retained-run.ts';
import { toVariationModelWords } from '../shared/difference.ts';
import { scoringInWords } from '../shared/measure/measure-words.ts';
import { useRaceBlocked } from '../shared/race/use-race-blocked.ts';
import { useActions } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { Checkbox } from '../ui/Checkbox.tsx';
import { formatBytes } from '../ui/format.ts';
import { Hint } from '../ui/Hint.tsx';
import { useRaceAgain } from './use-race-again.ts';
import type { ListedRun } from './use-run-list.ts';

/** The hints of a run's actions, in the list and in the table. */
export const runHints = {
  open: 'Makes it the present run, with its weights and settings.',
  present: 'This is the present run.',
  export:
    'Saves a model.json and a weights.bin with the name of this run, and a past.bin if it has past epochs.',
  removePast: 'Deletes the past epochs of this run to free space. Its weights and curves stay.',
  remove: 'Deletes the run with its weights. Undo restores it.',
} as const;

/** Overlays the curves of a retained run on those of the present run. */
export const OverlayBox = ({ run, chosen, choosable }: Pick<ListedRun, 'run' | 'chosen' | 'choosable'>) => {
  const { runs } = useActions();
  return (
    <Hint
      side="left"
      text="Draws its curves in the charts, beside the present run’s."
      blocked={choosable ? undefined : 'Six runs are overlaid. Uncheck one first.'}
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

/** The space that a run needs, and a button that removes its past epochs. */
export const RunSize = ({ run: { id, name, bytes } }: { readonly run: RetainedRun }) => {
  const { runs } = useActions();
  if (!bytes) return <span title="Unknown: an older page retained it">–</span>;
  return (
    <>
      {formatBytes(bytes.model + bytes.past)}
      {bytes.past > 0 && (
        <span className="runs-past">
          past epochs {formatBytes(bytes.past)}
          <Button
            tone="bare"
            hint={runHints.removePast}
            aria-label={`Remove the past epochs of ${name}`}
            onClick={() => void runs.removePast(id)}
          >
            Remove
          </Button>
        </span>
      )}
    </>
  );
};

/** Opens the plan of a race with the settings of a retained run. */
export const RaceAgain = ({ run }: { readonly run: RetainedRun }) => {
  const blocked = useRaceBlocked();
  const raceAgain = useRaceAgain();
  return (
    <Button
      tone="bare"
      className="run-button"
      hint="Race again with…: takes its settings, and opens the plan of a race. Undo restores the settings."
      hintSide="left"
      blocked={blocked}
      aria-label={`Race ${run.name} again with…`}
      onClick={() => raceAgain(run)}
    >
      Race
    </Button>
  );
};

/** The AUROC of a retained run with the measure behind it, or why it has none. */
export const RunAuroc = ({ run, measured }: Pick<ListedRun, 'run' | 'measured'>) => {
  const { evaluation, images, rescored } = measured;
  const auroc = evaluation?.imageAuroc;
  // The references belong to the run's own evaluation.
  const difference = rescored ? undefined : run.references?.difference;
  if (evaluation && auroc?.defined) {
    return (
      <span
        className="run-auroc number"
        title={[
          `Image AUROC by ${scoringInWords(evaluation)}`,
          `on ${images.testImages} test images of ${images.category}, ${images.side} px`,
          ...(rescored ? [ownFigure(run)] : []),
          toVariationModelWords(difference),
        ]
          .filter((words) => words !== undefined)
          .join(', ')}
      >
        {auroc.value.toFixed(3)}
        {difference?.defined && <span className="run-difference">{differenceText(difference.value)}</span>}
      </span>
    );
  }
  return (
    <span
      className="run-auroc quiet"
      title={auroc && !auroc.defined ? auroc.reason : 'It was never evaluated'}
    >
      –
    </span>
  );
};

/** The figure with which a run was retained: `0.812 when retained, by 1 − SSIM, BN running`. */
const ownFigure = (run: RetainedRun): string | undefined => {
  const own = evaluationOf(run);
  return own?.imageAuroc.defined
    ? `${own.imageAuroc.value.toFixed(3)} when retained, by ${scoringInWords(own)}`
    : undefined;
};
