/** The dialog that asks before something is lost, and the hook `useConfirm`. */
import { AlertDialog } from 'radix-ui';
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { Button } from './Button.tsx';
import { useScrollRegion } from './use-scroll-region.ts';
import './dialog.css';

export interface Question {
  readonly title: string;
  readonly body: string;
  /** Label of the button that agrees. */
  readonly action: string;
}

export type Confirm = (question: Question) => Promise<boolean>;

export const ConfirmContext = createContext<Confirm>(() => Promise.resolve(true));

/** Returns a function that asks and resolves to whether the user agreed. */
export const useConfirm = (): Confirm => useContext(ConfirmContext);

interface Asked extends Question {
  readonly answer: (agreed: boolean) => void;
}

export const ConfirmProvider = ({ children }: { readonly children: ReactNode }) => {
  const [asked, setAsked] = useState<Asked>();
  const confirm = useCallback(
    (question: Question) => new Promise<boolean>((answer) => setAsked({ ...question, answer })),
    [],
  );
  const scroll = useScrollRegion('y');
  const close = (agreed: boolean): void => {
    asked?.answer(agreed);
    setAsked(undefined);
  };
  return (
    <ConfirmContext value={confirm}>
      {children}
      <AlertDialog.Root open={asked !== undefined} onOpenChange={(open) => !open && close(false)}>
        <AlertDialog.Portal>
          <AlertDialog.Overlay className="dialog-overlay" />
          <AlertDialog.Content className="dialog">
            <AlertDialog.Title className="dialog-title">{asked?.title}</AlertDialog.Title>
            <AlertDialog.Description className="dialog-body" {...scroll}>
              {asked?.body}
            </AlertDialog.Description>
            <div className="dialog-buttons">
              <AlertDialog.Cancel asChild>
                <Button>Cancel</Button>
              </AlertDialog.Cancel>
              <AlertDialog.Action asChild>
                <Button tone="primary" onClick={() => close(true)}>
                  {asked?.action}
                </Button>
              </AlertDialog.Action>
            </div>
          </AlertDialog.Content>
        </AlertDialog.Portal>
      </AlertDialog.Root>
    </ConfirmContext>
  );
};
