/** The newest checkpoint of each run in the browser: to resume, export or discard. */
import type { StoredCheckpoint } from '#store/storage/stored-checkpoint.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { downloadFile } from '../ui/download.ts';
import { formatBytes } from '../ui/format.ts';
import { ageInWords, fileNames, placeInWords, runInWords } from './checkpoint-words.ts';
import { useNow } from './use-now.ts';
import { useResume, useResumeBlocked } from './use-resume.ts';

interface ItemProps {
  readonly checkpoint: StoredCheckpoint;
  readonly now: number;
  readonly onResume: () => void;
}

const CheckpointItem = ({ checkpoint, now, onResume }: ItemProps) => {
  const { runId } = checkpoint;
  const present = useApp((state) => state.storage.presentId === runId);
  const elsewhere = useApp((state) => state.storage.elsewhere.has(runId));
  const blocked = useResumeBlocked();
  const { storage } = useActions();
  const { resume, discard } = useResume();
  const name = runInWords(checkpoint);

  const exportFiles = async (): Promise<void> => {
    const files = await storage.exportFiles(runId);
    const names = fileNames(checkpoint);
    for (const [place, file] of (files ?? []).entries())
      downloadFile(names[place]!, file, 'application/octet-stream');
  };

  return (
    <li>
      <p>
        <b>{name}</b>, {placeInWords(checkpoint)}
        <span className="storage-quiet">
          {' '}
          {ageInWords(checkpoint, now)}, {formatBytes(checkpoint.bytes)}
          {present && ', the present run'}
          {elsewhere && ', open in another tab'}
        </span>
      </p>
      <span className="storage-buttons">
        {!present && !elsewhere && (
          <Button
            tone="bare"
            aria-label={`Resume ${name}`}
            hint="Trains on exactly where the run was interrupted."
            hintSide="top"
            blocked={blocked}
            onClick={() => {
              onResume();
              void resume(checkpoint);
            }}
          >
            Resume
          </Button>
        )}
        <Button
          tone="bare"
          aria-label={`Export ${name}`}
          hint="Downloads the checkpoint. Drop it on this page, here or on another machine, to resume the run."
          hintSide="top"
          onClick={() => void exportFiles()}
        >
          Export
        </Button>
        {!present && !elsewhere && (
          <Button
            tone="bare"
            aria-label={`Discard ${name}`}
            hint="Deletes the checkpoints of this run."
            hintSide="top"
            onClick={() => void discard(checkpoint)}
          >
            Discard
          </Button>
        )}
      </span>
    </li>
  );
};

/** The newest checkpoint of each run. */
const newestOfEach = (stored: readonly StoredCheckpoint[]): readonly StoredCheckpoint[] =>
  stored.filter(({ runId }, index) => stored.findIndex((other) => other.runId === runId) === index);

export const CheckpointList = ({ onResume }: { readonly onResume: () => void }) => {
  const stored = useApp((state) => state.storage.stored);
  const unreadable = useApp((state) => state.storage.unreadable);
  const { storage } = useActions();
  const now = useNow();
  return (
    <>
      <h3>Interrupted and present runs</h3>
      {stored.length === 0 && (
        <p className="storage-quiet">
          None. A run that trains alone or in a race is checkpointed every 20 seconds, when it pauses and when
          the page is hidden. Table II starts an interrupted entry again.
        </p>
      )}
      <ul className="storage-list number" aria-label="Checkpoints">
        {newestOfEach(stored).map((checkpoint) => (
          <CheckpointItem key={checkpoint.runId} {...{ checkpoint, now, onResume }} />
        ))}
        {unreadable.map(({ runId, step, name, reason }) => (
          <li key={`${runId} ${step}`}>
            <p>
              <b>{name ?? runId}</b>: {reason}
            </p>
            <Button
              tone="bare"
              aria-label={`Delete the checkpoint of ${name ?? runId}`}
              hint="Deletes this checkpoint, which the page cannot read."
              hintSide="top"
              onClick={() => void storage.remove({ runId, step })}
            >
              Delete
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
};
