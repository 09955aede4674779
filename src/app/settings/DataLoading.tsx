/** A decoding under way, which can be cancelled. */
import type { DatasetLoading } from '#store/dataset-state.ts';
import { useActions } from '../hooks/store-context.ts';
import { Button } from '../ui/Button.tsx';

export const DataLoading = ({ loading }: { readonly loading: DatasetLoading }) => {
  const { dataset } = useActions();
  return (
    <div className="data-loading number">
      <span>
        {loading.name}, {loading.side} px
      </span>
      <progress
        aria-label={`Decoding ${loading.name}`}
        value={loading.done}
        max={Math.max(1, loading.total)}
      />
      <Button tone="bare" onClick={dataset.cancelLoading}>
        Cancel
      </Button>
    </div>
  );
};
