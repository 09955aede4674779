/** The dialog of the weight, opened from the objective's settings. */
import type { ReactNode } from 'react';
import { useApp } from '../shared/store-context.ts';
import { usesLoss } from '../shared/uses-loss.ts';
import { Button } from '../ui/Button.tsx';
import { PageDialog } from '../ui/PageDialog.tsx';
import { WeightView } from './WeightView.tsx';

/** @param children the settings of the weight */
export const WeightDialog = ({ children }: { readonly children: ReactNode }) => {
  const adjustable = useApp((state) => usesLoss(state.run.config, 'wfdl'));
  return (
    <PageDialog
      className="weight-dialog"
      title="Frequency weight w(u, v)"
      description="The factor of each frequency’s error in the loss, over the mean spectrum of the training images."
      trigger={
        <Button
          tone="bare"
          hint="Shows the weight as a map and over the radius, with the mean spectrum of the training images."
        >
          View weight
        </Button>
      }
    >
      <div className="weight-dialog-body">
        {adjustable && <div className="weight-dialog-settings">{children}</div>}
        <WeightView />
      </div>
    </PageDialog>
  );
};
