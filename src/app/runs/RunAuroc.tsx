/** The AUROC of a kept run, or why it has none. */

import { differenceText } from '#core/table/cell-text.ts';
import { evaluationOf, type KeptRun } from '#store/runs/kept-run.ts';
import { toVariationModelWords } from '../shared/difference-words.ts';

export const RunAuroc = ({ run }: { readonly run: KeptRun }) => {
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
