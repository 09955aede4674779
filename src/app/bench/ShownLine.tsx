/** Names the run, the epoch and the state of everything on the bench. Its height is fixed: nothing shifts. */
import { useShallow } from 'zustand/react/shallow';
import { otherImagesOf, type PartState, type Shown } from '#store/view/shown.ts';
import { lossLabels } from '../shared/labels.ts';
import { useApp } from '../shared/store-context.ts';
import { useShown } from '../shared/use-shown.ts';
import { usePastEpoch } from './use-shown-sample.ts';

const runWords: Readonly<Record<Shown['run'], string | undefined>> = {
  present: undefined,
  past: 'past epoch',
  earlier: 'earlier run',
};

const partWords: Readonly<Record<PartState, string | undefined>> = {
  current: undefined,
  // The tag `earlier run` says so.
  stale: undefined,
  pending: 'updating',
};

export const ShownLine = () => {
  const { loss, seed, epoch, step, run, pictures } = useShown();
  const ofMean = useApp((state) => state.view.reconstructionSource === 'mean-image');
  const pastEpoch = usePastEpoch();
  const other = useApp(useShallow(otherImagesOf));
  const at = run === 'past' && pastEpoch ? pastEpoch : epoch === undefined ? undefined : `epoch ${epoch}`;
  const name =
    loss === undefined
      ? 'No run yet'
      : [lossLabels[loss], `seed ${seed}`, at, step === undefined ? undefined : `step ${step}`]
          .filter((part) => part !== undefined)
          .join(', ');
  const tags = ofMean ? [] : [runWords[run], partWords[pictures]].filter((tag) => tag !== undefined);
  return (
    <p className="shown-line number" data-testid="shown" data-run={run} data-shown={pictures}>
      <span className="visually-hidden">On the screen: </span>
      <span className="shown-name">{ofMean ? 'Mean good image, no network' : name}</span>
      {tags.map((tag) => (
        <span key={tag} className="past-tag">
          {tag}
        </span>
      ))}
      {other && (
        <span className="past-tag shown-other" data-testid="other-images">
          Trained on {other.trainedOn}, shown on {other.shownOn}
        </span>
      )}
    </p>
  );
};
