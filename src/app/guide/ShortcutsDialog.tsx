/** The keys of the page as a list. */
import { Dialog } from 'radix-ui';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import { guide, openShortcuts } from './guide-state.ts';
import { shortcutList } from './shortcuts.ts';
import '../dialogs/dialog.css';
import './help-menu.css';

export const ShortcutsDialog = () => {
  const open = useStore(guide, (state) => state.shortcutsOpen);
  return (
    <Dialog.Root open={open} onOpenChange={openShortcuts}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content className="dialog">
          <Dialog.Title className="dialog-title">Keyboard shortcuts</Dialog.Title>
          <Dialog.Description className="dialog-body">
            Tab reaches every control; what has the focus has an outline. In fields of text the keys are the
            field’s own.
          </Dialog.Description>
          <dl className="shortcuts">
            {shortcutList.map(({ keys, does }) => (
              <div key={does}>
                <dt>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          <div className="dialog-buttons">
            <Dialog.Close asChild>
              <Button>Close</Button>
            </Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
