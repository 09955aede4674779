/** The AUROC of a retained run, or why it has none. */
import { differenceText } from '#core/table/cell-text.ts';
import { evaluationOf, type RetainedRun } from '#store/runs/retained-run.ts';
import { toVariationModelWords } from '../shared/difference.ts';
import { useActions } from '../shared/store-context.ts';
import { Checkbox } from '../ui/Checkbox.tsx';
import { Hint } from '../ui/Hint.tsx';
import type { ListedRun } from './use-run-list.ts';

/** The hints of a run's actions, in the list and in the table. */
export const runHints = {
  open: 'Makes it the present run, with its weights and settings.',
  present: 'This is the present run.',
  export: 'Downloads model.json and weights.bin of this run.',
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

export const RunAuroc = ({ run }: { readonly run: RetainedRun }) => {
  const auroc = evaluationOf(run)?.imageAuroc;
  const difference = run.references?.difference;
  if (auroc?.defined) {
    return (
      <span
        className="run-auroc number"
        title={['Image AUROC of its last evaluation', toVariationModelWords(difference)]
          .filter((words) => words !== undefined)
          .join(', ')}
      >
        {auroc.value.toFixed(3)}
        {difference?.defined && <span className="run-difference">{differenceText(difference.value)}</span>}
      </span>
    );
  }
  return (
    <span className="run-auroc quiet" title={auroc?.reason ?? 'It was never evaluated'}>
      –
    </span>
  );
};
