/** The stored bytes by kind, each of which can be cleared. */
import { useMemo } from 'react';
import { resumable } from '#store/storage/state.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { useConfirm } from '../ui/ConfirmProvider.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';

interface Kind {
  readonly name: string;
  readonly count: string;
  readonly bytes: number;
  /** Why it cannot be cleared; undefined if it can. */
  readonly blocked: string | undefined;
  readonly question: string;
  readonly clear: () => Promise<unknown>;
}

const sum = (bytes: readonly number[]): number => bytes.reduce((total, value) => total + value, 0);

const useKinds = (): readonly Kind[] => {
  const stored = useApp((state) => state.storage);
  const retained = useApp((state) => state.runs.retained);
  const { storage, runs } = useActions();
  return useMemo(() => {
    const own = retained.filter(({ bundled }) => !bundled);
    const withPast = own.filter(({ bytes }) => (bytes?.past ?? 0) > 0);
    const interrupted = resumable(stored);
    return [
      {
        name: 'Checkpoints',
        count: formatCount(stored.stored.length + stored.unreadable.length, 'checkpoint'),
        bytes: sum(stored.stored.map(({ bytes }) => bytes)),
        blocked:
          interrupted.length + stored.unreadable.length === 0
            ? 'None is of an interrupted run. The present run and other tabs keep theirs.'
            : undefined,
        question: `${formatCount(interrupted.length, 'interrupted run')} can then no longer be resumed.`,
        clear: storage.clearCheckpoints,
      },
      {
        name: 'Retained runs',
        count: formatCount(own.length, 'run'),
        bytes: sum(own.map(({ bytes }) => bytes?.model ?? 0)),
        blocked: own.length === 0 ? 'No run is retained.' : undefined,
        question: `This deletes ${formatCount(own.length, 'retained run')} with weights and past epochs.`,
        clear: async () => {
          for (const { id } of own) await runs.remove(id);
          runs.forgetRemoved();
        },
      },
      {
        name: 'Past epochs',
        count: formatCount(withPast.length, 'run'),
        bytes: sum(withPast.map(({ bytes }) => bytes?.past ?? 0)),
        blocked: withPast.length === 0 ? 'No retained run has past epochs.' : undefined,
        question: 'The retained runs stay, and can no longer play their epochs.',
        clear: async () => {
          for (const { id } of withPast) await runs.removePast(id);
        },
      },
      {
        name: 'Images',
        count: formatCount(sum(stored.images.map(({ count }) => count)), 'image'),
        bytes: sum(stored.images.map(({ bytes }) => bytes)),
        blocked: stored.images.length === 0 ? 'No images are kept.' : undefined,
        question: 'Interrupted runs on these images then need their folder to be opened again.',
        clear: storage.clearImages,
      },
    ];
  }, [stored, retained, storage, runs]);
};

export const StoredKinds = () => {
  const kinds = useKinds();
  const confirm = useConfirm();
  const { storage } = useActions();
  const clear = async ({ name, question, clear }: Kind): Promise<void> => {
    if (!(await confirm({ title: `Clear ${name.toLowerCase()}?`, body: question, action: 'Clear' }))) return;
    await clear();
    await storage.refresh();
  };
  return (
    <table className="storage-kinds number">
      <tbody>
        {kinds.map((kind) => (
          <tr key={kind.name}>
            <th scope="row">{kind.name}</th>
            <td>{kind.count}</td>
            <td>{formatBytes(kind.bytes)}</td>
            <td>
              <Button
                tone="bare"
                aria-label={`Clear ${kind.name.toLowerCase()}`}
                hint={`Deletes all of this kind: ${kind.name.toLowerCase()}.`}
                hintSide="left"
                blocked={kind.blocked}
                onClick={() => void clear(kind)}
              >
                Clear
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
