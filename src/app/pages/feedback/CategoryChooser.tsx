/** Asks which category of a drop to load. */

import type { PendingChoice } from '#store/dataset/state.ts';
import { useActions } from '../../shared/store-context.ts';
import { Button } from '../../ui/Button.tsx';
import { formatCount } from '../../ui/format.ts';
import { PageDialog } from '../../ui/PageDialog.tsx';

const CategoryChooser = ({ pending }: { readonly pending: PendingChoice }) => {
  const { dataset, table, view } = useActions();
  const queueSeveral = (): void => {
    table.addCategories(pending.categories, pending.skippedFiles);
    dataset.cancelChoice();
    view.set({ page: 'table' });
  };
  return (
    <PageDialog
      open
      onOpenChange={(open) => !open && dataset.cancelChoice()}
      title="Which category?"
      description={`The folder holds ${formatCount(pending.categories.length, 'category', 'categories')}. Train one, or queue several for Table II.`}
      buttons={<Button onClick={queueSeveral}>Queue several for Table II</Button>}
      closeLabel="Cancel"
    >
      <ul className="dialog-list">
        {pending.categories.map(({ name, samples }) => {
          const train = samples.filter(({ split }) => split === 'train').length;
          return (
            <li key={name}>
              <button
                type="button"
                className="dialog-choice"
                onClick={() => void dataset.chooseCategory(name)}
              >
                <b>{name}</b>
                <span className="quiet number">
                  {train} train, {samples.length - train} test
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </PageDialog>
  );
};

export default CategoryChooser;
