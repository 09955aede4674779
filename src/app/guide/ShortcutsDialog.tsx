/** The keys of the page as a list. */
import { PageDialog } from '../ui/PageDialog.tsx';
import { openShortcuts } from './guide-state.ts';

/** The keys and their actions. */
const shortcutList: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['←', '→'], does: 'previous image, next image' },
  { keys: ['↑', '↓'], does: 'gallery: up or down a row' },
  { keys: ['+', '−', '0'], does: 'picture: zoom in, zoom out, reset; also Ctrl or ⌘ with the wheel' },
  { keys: ['Esc'], does: 'panel of the bench: clear the crosshair, also a pinned one' },
  { keys: ['Space'], does: 'train, pause or resume' },
  { keys: ['Ctrl Z'], does: 'undo a change of settings; ⌘ Z on a Mac' },
  { keys: ['Ctrl Shift Z', 'Ctrl Y'], does: 'redo' },
  { keys: ['Enter'], does: 'accept a typed setting; Esc restores it' },
  { keys: ['L'], does: 'lecture: full screen; Esc leaves it' },
  { keys: ['←', '→'], does: 'lecture: previous step, next step' },
  { keys: ['↑', '↓'], does: 'lecture: later epoch, earlier epoch' },
  { keys: ['?'], does: 'this list' },
];

const ShortcutsDialog = () => (
  <PageDialog
    open
    onOpenChange={openShortcuts}
    title="Keyboard shortcuts"
    description="Tab reaches every control and every scrollable region; the focused one has an outline. Text fields use these keys for their text."
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

export default ShortcutsDialog;
