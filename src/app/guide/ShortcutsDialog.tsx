/** The keys of the page as a list. */
import { useStore } from 'zustand';
import { PageDialog } from '../ui/PageDialog.tsx';
import { guide, openShortcuts } from './guide-state.ts';
import { shortcutList } from './shortcuts.ts';
import './help-menu.css';

export const ShortcutsDialog = () => {
  const open = useStore(guide, (state) => state.shortcutsOpen);
  return (
    <PageDialog
      open={open}
      onOpenChange={openShortcuts}
      title="Keyboard shortcuts"
      description="Tab reaches every control and every region that scrolls; the focused one has an outline. In text fields the keys are the field’s own."
    >
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
    </PageDialog>
  );
};
