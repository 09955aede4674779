/** The help menu in the header: tour, keys, method, storage, and the notification at the end of a run. */
import { DropdownMenu } from 'radix-ui';
import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { setStorageDialog } from '../shared/storage-dialog.ts';
import { useActions } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { canNotify, guide, openShortcuts, setNotify, useTour } from './guide-state.ts';
import './guide.css';

const ShortcutsDialog = lazy(() => import('./ShortcutsDialog.tsx'));

export const HelpMenu = () => {
  const notify = useStore(guide, (state) => state.notify);
  const listsKeys = useStore(guide, (state) => state.shortcutsOpen);
  const { view } = useActions();
  const startTour = useTour();
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button
            className="help-button"
            aria-label="Help"
            hint="Tour, keyboard shortcuts, method, storage, notifications."
          >
            ?
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          {/* A separate landmark, since it is outside the page's landmarks. */}
          <section aria-label="Help menu">
            <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
              <DropdownMenu.Item className="menu-item" onSelect={() => void startTour()}>
                Take the tour
              </DropdownMenu.Item>
              <DropdownMenu.Item className="menu-item" onSelect={() => openShortcuts(true)}>
                Keyboard shortcuts <kbd>?</kbd>
              </DropdownMenu.Item>
              <DropdownMenu.Item className="menu-item" onSelect={() => view.set({ page: 'method' })}>
                How it works
              </DropdownMenu.Item>
              <DropdownMenu.Item className="menu-item" onSelect={() => setStorageDialog(true)}>
                Storage
              </DropdownMenu.Item>
              {/* The build lists the packages that it ships. */}
              {import.meta.env.PROD && (
                <DropdownMenu.Item className="menu-item" asChild>
                  <a href="licenses.txt" target="_blank" rel="noreferrer">
                    Licenses
                  </a>
                </DropdownMenu.Item>
              )}
              <DropdownMenu.Separator className="menu-line" />
              <DropdownMenu.CheckboxItem
                className="menu-item"
                checked={notify}
                disabled={!canNotify()}
                onCheckedChange={(wanted) => void setNotify(wanted)}
              >
                <span className="menu-check" aria-hidden="true">
                  <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
                </span>
                Notify me when done
              </DropdownMenu.CheckboxItem>
              <p className="menu-note">
                {canNotify()
                  ? 'A system notification, if this tab is in the background.'
                  : 'This browser cannot notify, or notifications were refused.'}
              </p>
            </DropdownMenu.Content>
          </section>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {listsKeys && (
        <Suspense fallback={null}>
          <ShortcutsDialog />
        </Suspense>
      )}
    </>
  );
};
