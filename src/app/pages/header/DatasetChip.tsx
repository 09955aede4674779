/** The loaded category in a few words, or the progress of decoding. */
import { controlHints } from '../../shared/hints/control-hints.ts';
import { useApp } from '../../shared/store-context.ts';
import { Hint } from '../../ui/Hint.tsx';

const masksInWords = (found: number, missing: number): string => {
  if (found === 0) return 'no masks';
  return missing === 0 ? 'masks' : `${missing} without mask`;
};

export const DatasetChip = () => {
  const loaded = useApp((state) => state.dataset.loaded);
  const loading = useApp((state) => state.dataset.loading);
  if (loading) {
    return (
      <span className="chip dataset-chip number">
        <span className="chip-text">
          <b>{loading.name}</b> decoding {loading.done} / {loading.total}
        </span>
      </span>
    );
  }
  if (!loaded) return <span className="chip dataset-chip">no images</span>;
  const { trainCount, testCount, masksFound, masksMissing } = loaded.summary;
  return (
    <Hint {...controlHints.dataset} side="bottom">
      <span className="chip dataset-chip number">
        <span className="chip-text">
          <b>{loaded.category.name}</b> {trainCount} train, {testCount} test,{' '}
          {masksInWords(masksFound, masksMissing)}
        </span>
      </span>
    </Hint>
  );
};
