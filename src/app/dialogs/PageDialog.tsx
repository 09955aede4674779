/** A dialog over the page: title, what it is for, content, and buttons of which the last closes it. */
import { Dialog } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import './dialog.css';

interface PageDialogProps
  extends Pick<ComponentProps<typeof Dialog.Root>, 'open' | 'onOpenChange'>,
    Pick<ComponentProps<typeof Dialog.Content>, 'ref' | 'onEscapeKeyDown' | 'onOpenAutoFocus'> {
  readonly className?: string;
  readonly title: string;
  readonly description: ReactNode;
  /** The button that opens it, where it has one. */
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
  ...content
}: PageDialogProps) => (
  <Dialog.Root {...{ open, onOpenChange }}>
    {trigger && <Dialog.Trigger asChild>{trigger}</Dialog.Trigger>}
    <Dialog.Portal>
      <Dialog.Overlay className="dialog-overlay" />
      <Dialog.Content className={`dialog ${className}`} {...content}>
        <Dialog.Title className="dialog-title">{title}</Dialog.Title>
        <Dialog.Description className="dialog-body">{description}</Dialog.Description>
        {children}
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
