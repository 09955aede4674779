/** Errors and their remedies. */
import { lazy, Suspense } from 'react';
import type { PlainError } from '#core/errors.ts';
import { useActions, useApp } from '../../shared/store-context.ts';
import { Button } from '../../ui/Button.tsx';
import { CloseIcon } from '../../ui/icons.tsx';
import './feedback.css';

const RecoveryNotice = lazy(() => import('./RecoveryNotice.tsx'));

/** Says why there is no device to train on, and what to do. */
export const DeviceBanner = () => {
  const device = useApp((state) => state.run.device);
  if (device.phase !== 'failed') return null;
  return (
    <div className="banner" role="alert" data-code={device.error.code}>
      <p>
        <b>{device.error.problem}</b> {device.error.remedy} Images can be looked at all the same.
      </p>
    </div>
  );
};

interface AlertProps {
  readonly error: PlainError;
  readonly onDismiss: () => void;
}

const Alert = ({ error, onDismiss }: AlertProps) => (
  <div className="alert" role="alert" data-code={error.code}>
    <p>
      <b>{error.problem}</b> {error.remedy}
    </p>
    <Button tone="bare" aria-label="Dismiss" hint="Closes this message." onClick={onDismiss}>
      <CloseIcon />
    </Button>
  </div>
);

export const Alerts = () => {
  const dataset = useApp((state) => state.dataset.error);
  const run = useApp((state) => state.run.error);
  const runs = useApp((state) => state.runs.error);
  const storage = useApp((state) => state.storage.error);
  const hasRecovered = useApp((state) => state.recovery.notice !== undefined);
  const actions = useActions();
  return (
    <div className="alerts">
      {dataset && <Alert error={dataset} onDismiss={actions.dataset.dismissError} />}
      {run && <Alert error={run} onDismiss={actions.run.dismissError} />}
      {runs && <Alert error={runs} onDismiss={actions.runs.dismissError} />}
      {storage && <Alert error={storage} onDismiss={actions.storage.dismissError} />}
      {/* In the document before its text: screen readers announce only text that is added to it. */}
      <div role="status">
        {hasRecovered && (
          <Suspense fallback={null}>
            <RecoveryNotice />
          </Suspense>
        )}
      </div>
    </div>
  );
};
