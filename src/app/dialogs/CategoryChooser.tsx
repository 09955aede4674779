/** Which of several categories in a drop to load. */
import { Dialog } from 'radix-ui';
import { formatCount } from '../format.ts';
import { useActions, useApp } from '../hooks/store-context.ts';
import { Button } from '../ui/Button.tsx';
import './dialog.css';

export const CategoryChooser = () => {
  const pending = useApp((state) => state.dataset.pending);
  const { dataset, table, view } = useActions();
  const queueSeveral = (): void => {
    if (pending) table.offer(pending.categories, pending.setAside);
    dataset.cancelChoice();
    view.set({ page: 'table' });
  };
  return (
    <Dialog.Root open={pending !== undefined} onOpenChange={(open) => !open && dataset.cancelChoice()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content className="dialog">
          <Dialog.Title className="dialog-title">Which category?</Dialog.Title>
          <Dialog.Description className="dialog-body">
            The folder holds {formatCount(pending?.categories.length ?? 0, 'category', 'categories')}. One is
            trained at a time, or several one after the other as the paper’s Table II.
          </Dialog.Description>
          <ul className="dialog-list">
            {pending?.categories.map(({ name, samples }) => {
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
          <div className="dialog-buttons">
            <Button onClick={queueSeveral}>Queue several for Table II</Button>
            <Dialog.Close asChild>
              <Button>Cancel</Button>
            </Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
