/** Warns if a statistic alone separates the test set: other results may then come from that statistic. */
import { separates } from '#core/baselines/baseline-evaluation.ts';
import { separationNotice } from '#core/baselines/separation-notice.ts';
import { presentReferences } from '#store/baselines/state.ts';
import { useApp } from './store-context.ts';

export const SeparationNotices = () => {
  const statistics = useApp((state) => state.baselines.statistics);
  const references = useApp((state) => presentReferences(state.baselines, state.run));
  const baselines = [
    ...(statistics ?? []),
    ...(references?.defined ? [references.meanImage, references.variationModel] : []),
  ];
  return baselines
    .filter(({ imageAuroc }) => separates(imageAuroc))
    .map(({ name, imageAuroc }) => (
      <p key={name} className="data-notice">
        {separationNotice(name, imageAuroc)}
      </p>
    ));
};
