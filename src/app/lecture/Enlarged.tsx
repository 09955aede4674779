/** One panel or chart of the page, large, in a dialog. */
import { Dialog } from 'radix-ui';
import { useRef } from 'react';
import { useStore } from 'zustand';
import { Button } from '../ui/Button.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { enlarge, stage } from '../ui/stage.ts';
import { PanelPlace } from './PanelPlace.tsx';
import '../ui/dialog.css';
import './enlarged.css';

/** The panel was in another place until now: its button is a new element. */
const focusButtonOf = (id: string | undefined): void => {
  if (id === undefined) return;
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>(`[data-enlarge="${CSS.escape(id)}"]`)?.focus({ preventScroll: true }),
  );
};

export const Enlarged = () => {
  const id = useStore(stage, (state) => state.enlarged);
  const title = useStore(stage, ({ mounted }) => mounted.find((panel) => panel.id === id)?.title);
  const content = useRef<HTMLDivElement>(null);
  const last = useRef<string>(undefined);
  if (id !== undefined) last.current = id;
  return (
    <Dialog.Root open={id !== undefined} onOpenChange={(open) => !open && enlarge(undefined)}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content
          className="enlarged"
          ref={content}
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            content.current?.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            focusButtonOf(last.current);
          }}
          // In React's tree the panel is outside the dialog.
          onInteractOutside={(event) => {
            const { target } = event.detail.originalEvent;
            if (target instanceof Node && content.current?.contains(target)) event.preventDefault();
          }}
        >
          <Dialog.Title className="visually-hidden">{title}</Dialog.Title>
          <div className="enlarged-place">
            {id !== undefined && <PanelPlace key={id} id={id} title={title ?? ''} />}
          </div>
          <Dialog.Close asChild>
            <Button tone="bare" className="enlarged-close" aria-label="Close" hint="Closes it, as does Esc.">
              <CloseIcon />
            </Button>
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
