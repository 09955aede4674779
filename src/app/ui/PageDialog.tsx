/** A dialog over the page: title, description, content and buttons, of which the last closes it. */
import { Dialog } from 'radix-ui';
import { type ComponentProps, type ReactNode, useRef } from 'react';
import { Button } from './Button.tsx';
import { useScrollRegion } from './use-scroll-region.ts';
import './dialog.css';

interface PageDialogProps
  extends Pick<ComponentProps<typeof Dialog.Root>, 'open' | 'onOpenChange'>,
    Pick<ComponentProps<typeof Dialog.Content>, 'onEscapeKeyDown'> {
  readonly className?: string;
  readonly title: string;
  readonly description: ReactNode;
  /** The button that opens it, if any. */
  readonly trigger?: ReactNode;
  /** Buttons before the one that closes it. */
  readonly buttons?: ReactNode;
  readonly closeLabel?: string;
  readonly children: ReactNode;
}

export const PageDialog = ({
  open,
  onOpenChange,
  className = '',
  title,
  description,
  trigger,
  buttons,
  closeLabel = 'Close',
  children,
  onEscapeKeyDown,
}: PageDialogProps) => {
  const scroll = useScrollRegion('both');
  const content = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root {...{ open, onOpenChange }}>
      {trigger && <Dialog.Trigger asChild>{trigger}</Dialog.Trigger>}
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content
          className={`dialog ${className}`}
          ref={content}
          onOpenAutoFocus={(event) => {
            // If the first control had the focus, its hint would cover the content.
            event.preventDefault();
            content.current?.focus();
          }}
          {...(onEscapeKeyDown && { onEscapeKeyDown })}
        >
          <Dialog.Title className="dialog-title">{title}</Dialog.Title>
          <Dialog.Description className="dialog-body">{description}</Dialog.Description>
          <section className="dialog-content" aria-label={title} {...scroll}>
            {children}
          </section>
          <div className="dialog-buttons">
            {buttons}
            <Dialog.Close asChild>
              <Button>{closeLabel}</Button>
            </Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
