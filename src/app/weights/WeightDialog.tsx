/** The weight, large: opened beside the objective's settings. */
import { Dialog } from 'radix-ui';
import { useRef } from 'react';
import { useApp } from '../hooks/store-context.ts';
import { usesLoss } from '../settings/objective/uses-loss.ts';
import { WeightSettings } from '../settings/objective/WeightSettings.tsx';
import { Button } from '../ui/Button.tsx';
import { WeightView } from './WeightView.tsx';
import '../dialogs/dialog.css';

export const WeightDialog = () => {
  const adjustable = useApp((state) => usesLoss(state.run.config, 'wfdl'));
  const content = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root>
      <Dialog.Trigger asChild>
        <Button
          tone="bare"
          hint="The weight as a map and over the radius, beside the mean spectrum of the training images."
        >
          Weight
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content
          className="dialog weight-dialog"
          onOpenAutoFocus={(event) => {
            // The first control would open with its tooltip over the picture.
            event.preventDefault();
            content.current?.focus();
          }}
          ref={content}
        >
          <Dialog.Title className="dialog-title">Weight w(u, v)</Dialog.Title>
          <Dialog.Description className="dialog-body">
            What the loss multiplies each frequency's error with, over what the training images hold there.
          </Dialog.Description>
          <div className="weight-dialog-body">
            {adjustable && (
              <div className="weight-dialog-settings">
                <WeightSettings />
              </div>
            )}
            <WeightView />
          </div>
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
