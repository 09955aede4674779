/** The AUROC of a kept run, or why it has none. */
import type { Evaluation } from '#core/history.ts';

export const RunAuroc = ({ evaluation }: { readonly evaluation: Evaluation | undefined }) => {
  const auroc = evaluation?.imageAuroc;
  if (auroc?.defined) {
    return (
      <span className="run-auroc number" title="Image AUROC of its last evaluation">
        {auroc.value.toFixed(3)}
      </span>
    );
  }
  return (
    <span className="run-auroc quiet" title={auroc?.reason ?? 'It was never evaluated'}>
      –
    </span>
  );
};
