/** Says that the device or the worker was lost, and what became of the run. Default export, for lazy loading. */
import { overallPhase } from '#store/run/state.ts';
import { useActions, useApp } from '../../shared/store-context.ts';
import { Button } from '../../ui/Button.tsx';
import { CloseIcon } from '../../ui/icons.tsx';
import './recovery-notice.css';

const RecoveryNotice = () => {
  const notice = useApp((state) => state.recovery.notice);
  const trains = useApp(({ run, race }) => overallPhase(run, race) === 'running');
  const { recovery } = useActions();
  // The offer ends when the user trains by another button.
  if (!notice || (notice.offersProcessor && trains)) return null;
  return (
    <div className="alert recovery-notice number" data-testid="recovery-notice">
      <p>
        <b>{notice.title}</b> {notice.detail}
      </p>
      <div className="recovery-actions">
        {notice.offersProcessor && (
          <Button
            hint="Trains the run on from there, on the processor. Its last digits then differ from those of the graphics device."
            onClick={() => void recovery.continueOnProcessor()}
          >
            Use the processor
          </Button>
        )}
        <Button tone="bare" aria-label="Dismiss" hint="Closes this message." onClick={recovery.dismiss}>
          <CloseIcon />
        </Button>
      </div>
    </div>
  );
};

export default RecoveryNotice;
