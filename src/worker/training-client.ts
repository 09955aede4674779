/** The page's end of the training worker. */
import { ResiduaError } from '#core/errors.ts';
import type { TrainingEventName, TrainingEvents, TrainingRequestName, TrainingRequests } from './protocol.ts';
import { type RequestArguments, RpcClient } from './rpc.ts';

/** Requests to and events from the training worker. */
export interface TrainingClient {
  /**
   * Sends a request. `loadImages` takes the images over: their arrays are transferred and empty afterwards.
   * @throws ResiduaError (as rejection), as thrown in the worker.
   */
  request<N extends TrainingRequestName>(
    name: N,
    ...args: TrainingRequests[N][0] extends undefined ? [] : [TrainingRequests[N][0]]
  ): Promise<TrainingRequests[N][1]>;
  /** Listens to an event; returns the function that ends the listening. */
  on<E extends TrainingEventName>(event: E, handler: (payload: TrainingEvents[E]) => void): () => void;
  /** Ends the worker and rejects what was under way. */
  terminate(): void;
}

const ended = (why: string): ResiduaError =>
  new ResiduaError('internal', `The training worker ended: ${why}.`, 'Reload the page to start it again.');

/** Buffers that a request hands over instead of copying. */
const transferOf = (name: TrainingRequestName, args: unknown): Transferable[] => {
  if (name !== 'loadImages') return [];
  const { pixels, masks } = args as TrainingRequests['loadImages'][0];
  return [pixels.buffer as ArrayBuffer, masks.buffer as ArrayBuffer];
};

/** Starts the training worker and returns the page's end of it. */
export const createTrainingClient = (): TrainingClient => {
  const worker = new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module' });
  const rpc = new RpcClient<TrainingRequests, TrainingEvents>(worker);
  worker.addEventListener('error', (event) => rpc.rejectAll(ended(event.message || 'it failed to load')));
  return {
    request: (name, ...args) => {
      const rest = (args.length === 0 ? [] : [args[0], transferOf(name, args[0])]) as RequestArguments<
        TrainingRequests[typeof name][0]
      >;
      return rpc.request(name, ...rest);
    },
    on: (event, handler) => rpc.on(event, handler),
    terminate: () => {
      worker.terminate();
      rpc.rejectAll(ended('it was terminated'));
    },
  };
};
