/** Offers the interrupted run, in the place of the next step. */
import { offered } from '#store/storage/state.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { useOpen } from '../shared/use-open.ts';
import { Button } from '../ui/Button.tsx';
import { OpenButton } from '../ui/OpenButton.tsx';
import { ageInWords, placeInWords, runInWords } from './checkpoint-words.ts';
import { useNow } from './use-now.ts';
import { useResume, useResumeBlocked } from './use-resume.ts';
import '../shared/next-step.css';
import './resume-offer.css';

const ResumeOffer = () => {
  const checkpoint = useApp(offered);
  const awaited = useApp((state) => state.storage.awaited !== undefined);
  const blocked = useResumeBlocked();
  const { resume, discard } = useResume();
  const { storage } = useActions();
  const open = useOpen();
  const now = useNow();
  if (!checkpoint) return null;
  const { categoryName } = checkpoint;
  const run = runInWords(checkpoint);
  const text = awaited
    ? `Open the folder ${categoryName} to resume ${run} at ${placeInWords(checkpoint)}`
    : `Interrupted: ${run}, ${placeInWords(checkpoint)}, ${ageInWords(checkpoint, now)}`;
  return (
    <>
      <p className="next-step-text resume-text number" role="status" title={text} data-testid="resume-offer">
        {text}
      </p>
      {awaited ? (
        <>
          <OpenButton
            label={`Folder ${categoryName}`}
            hint={`Opens the folder ${categoryName}, whose images the run trains on. You can also drop it anywhere on this page.`}
            testId="resume-folder-input"
            onFiles={open.images}
          >
            Open folder
          </OpenButton>
          <Button hint="Stops waiting for the folder. The checkpoint stays." onClick={storage.cancelResume}>
            Cancel
          </Button>
        </>
      ) : (
        <>
          <Button
            hint="Trains on exactly where the run was interrupted."
            blocked={blocked}
            onClick={() => void resume(checkpoint)}
          >
            Resume
          </Button>
          <Button hint="Deletes the checkpoints of this run." onClick={() => void discard(checkpoint)}>
            Discard
          </Button>
        </>
      )}
    </>
  );
};

export default ResumeOffer;
