/** The page's client of the training worker. */
import { ResiduaError } from '#core/errors.ts';
import { transferableBuffers } from './image-buffers.ts';
import type { TrainingEventName, TrainingEvents, TrainingRequestName, TrainingRequests } from './protocol.ts';
import { type RequestArguments, type RequestCall, RpcClient } from './rpc.ts';

/** Requests to and events from the training worker. */
export interface TrainingClient {
  /**
   * Sends a request. Images, past epochs, a run in one file and checkpoints are transferred: their arrays are empty afterward,
   * unless they are shared.
   * @throws ResiduaError (as rejection), as thrown in the worker.
   */
  request<N extends TrainingRequestName>(
    name: N,
    ...args: RequestArguments<TrainingRequests[N][0], RequestCall>
  ): Promise<TrainingRequests[N][1]>;
  /** Listens to an event; returns the function that stops listening. */
  on<E extends TrainingEventName>(event: E, handler: (payload: TrainingEvents[E]) => void): () => void;
  /** Ends the worker and rejects all pending requests. */
  terminate(): void;
}

const ended = (why: string): ResiduaError =>
  new ResiduaError('internal', `The training worker ended: ${why}.`, 'Reload the page to start it again.');

/** Buffers that a request transfers instead of copying. */
const transferOf = (name: TrainingRequestName, args: unknown): Transferable[] => {
  if (name === 'openCheckpoint') return [...(args as TrainingRequests['openCheckpoint'][0])];
  if (name === 'openRun') {
    const files = args as TrainingRequests['openRun'][0];
    if ('bytes' in files) return [files.bytes];
    return files.past ? [files.past] : [];
  }
  if (name === 'importRace') {
    const { images, rivals } = args as TrainingRequests['importRace'][0];
    const pasts = rivals.flatMap(({ past }) => (past ? [past] : []));
    return [...pasts, ...(images ? transferableBuffers(images) : [])];
  }
  const images =
    name === 'loadImages'
      ? (args as TrainingRequests['loadImages'][0])
      : name === 'importRun' || name === 'resumeRun'
        ? (args as TrainingRequests['importRun' | 'resumeRun'][0]).images
        : undefined;
  return images ? transferableBuffers(images) : [];
};

/** Starts the training worker and returns its client. */
export const createTrainingClient = (): TrainingClient => {
  const worker = new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module' });
  const rpc = new RpcClient<TrainingRequests, TrainingEvents>(worker);
  worker.addEventListener('error', (event) => rpc.rejectAll(ended(event.message || 'it failed to load')));
  return {
    request: (name, ...[args, call]) =>
      rpc.send(name, args as TrainingRequests[typeof name][0], { ...call, transfer: transferOf(name, args) }),
    on: (event, handler) => rpc.on(event, handler),
    terminate: () => {
      worker.terminate();
      rpc.rejectAll(ended('it was terminated'));
    },
  };
};
