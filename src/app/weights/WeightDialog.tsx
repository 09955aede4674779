/** The weight, large: opened beside the objective's settings. */
import { useRef } from 'react';
import { PageDialog } from '../dialogs/PageDialog.tsx';
import { useApp } from '../hooks/store-context.ts';
import { usesLoss } from '../settings/objective/uses-loss.ts';
import { WeightSettings } from '../settings/objective/WeightSettings.tsx';
import { Button } from '../ui/Button.tsx';
import { WeightView } from './WeightView.tsx';

export const WeightDialog = () => {
  const adjustable = useApp((state) => usesLoss(state.run.config, 'wfdl'));
  const content = useRef<HTMLDivElement>(null);
  return (
    <PageDialog
      className="weight-dialog"
      title="Weight w(u, v)"
      description="What the loss multiplies each frequency's error with, over what the training images hold there."
      trigger={
        <Button tone="bare" title="The weight as a map and over the radius">
          Weight
        </Button>
      }
      ref={content}
      onOpenAutoFocus={(event) => {
        // The first control would open with its tooltip over the picture.
        event.preventDefault();
        content.current?.focus();
      }}
    >
      <div className="weight-dialog-body">
        {adjustable && (
          <div className="weight-dialog-settings">
            <WeightSettings />
          </div>
        )}
        <WeightView />
      </div>
    </PageDialog>
  );
};
