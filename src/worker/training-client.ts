/** The page's client of the training worker. */
import { answeredWithin } from '#core/answered-within.ts';
import type { ImageSet } from '#core/dataset.ts';
import { cancelled, ResiduaError } from '#core/errors.ts';
import { transferableBuffers } from './image-buffers.ts';
import type { TrainingEventName, TrainingEvents, TrainingRequestName, TrainingRequests } from './protocol.ts';
import {
  type MessageEndpoint,
  type RequestArguments,
  type RequestCall,
  RpcClient,
  type RpcMessage,
} from './rpc.ts';

/** A worker in place of one that is gone. */
export interface FreshWorker {
  /** As `TrainingClient.request`, without waiting for the end of the replacement. */
  readonly request: TrainingClient['request'];
  /** The images of the worker before it; undefined if it had none, or did not answer. */
  readonly images: ImageSet | undefined;
}

/** Requests to and events from the training worker. */
export interface TrainingClient {
  /**
   * Sends a request. Images, past epochs, a run in one file and checkpoints are transferred: their arrays are empty afterward,
   * unless they are shared. If the worker is replaced before it answers, the next one answers.
   * @throws ResiduaError (as rejection), as thrown in the worker; `cancelled` if the worker is replaced and what was transferred
   *   is gone.
   */
  request<N extends TrainingRequestName>(
    name: N,
    ...args: RequestArguments<TrainingRequests[N][0], RequestCall>
  ): Promise<TrainingRequests[N][1]>;
  /** Listens to an event; returns the function that stops listening. A worker that ends by itself is a `failure`. */
  on<E extends TrainingEventName>(event: E, handler: (payload: TrainingEvents[E]) => void): () => void;
  /**
   * Replaces the worker. Other requests wait for the end of `restore`, also those that the worker has not answered.
   * @param restore gives the next worker the state of the one before; it may start several, if one is gone at once
   * @throws the error of `restore` (as rejection)
   */
  replaceWorker(restore: (start: () => Promise<FreshWorker>) => Promise<void>): Promise<void>;
  /** Ends the worker and rejects all pending requests. */
  terminate(): void;
}

/** The part of a `Worker` that its client needs. */
export interface TrainingWorker extends MessageEndpoint {
  addEventListener(type: 'message', listener: (event: MessageEvent<RpcMessage>) => void): void;
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void;
  terminate(): void;
}

/** A worker that cannot say what its images are within this time is not asked any longer. */
const imagesWithinMs = 2000;

const ended = (why: string): ResiduaError =>
  new ResiduaError(
    'worker-ended',
    `The training worker ended: ${why}.`,
    'Reload the page to start it again.',
  );

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

/** Whether an answer means that the worker's device is gone. */
const isLost = (thrown: unknown): thrown is ResiduaError =>
  thrown instanceof ResiduaError && thrown.code === 'device-lost';

/** A worker, and whether it still counts. */
interface Connection {
  readonly worker: TrainingWorker;
  readonly rpc: RpcClient<TrainingRequests, TrainingEvents>;
  /** Whether it has ended by itself. */
  ended: boolean;
  /** Whether its events are dropped, because it is being replaced. */
  muted: boolean;
}

type AnyHandler = (payload: never) => void;

class ReplaceableClient implements TrainingClient {
  private readonly handlers = new Map<TrainingEventName, Set<AnyHandler>>();
  private present: Connection;
  /** Resolves at the end of a replacement; undefined if none is under way. */
  private replacement: Promise<void> | undefined;

  constructor(private readonly startWorker: () => TrainingWorker) {
    this.present = this.connect();
  }

  async request<N extends TrainingRequestName>(
    name: N,
    ...[args, call]: RequestArguments<TrainingRequests[N][0], RequestCall>
  ): Promise<TrainingRequests[N][1]> {
    const transfer = transferOf(name, args);
    for (;;) {
      if (this.replacement) await this.replacement;
      const { present } = this;
      try {
        return await present.rpc.send(name, args as TrainingRequests[N][0], { ...call, transfer });
      } catch (thrown) {
        if (call?.signal?.aborted) throw thrown;
        if (isLost(thrown) && present === this.present && !present.muted) this.report(thrown);
        if (present === this.present && !this.replacement) throw thrown;
        if (transfer.length > 0) throw cancelled();
      }
    }
  }

  on<E extends TrainingEventName>(event: E, handler: (payload: TrainingEvents[E]) => void): () => void {
    const known = this.handlers.get(event);
    const handlers = known ?? new Set();
    this.handlers.set(event, handlers);
    if (!known) this.forward(this.present, event);
    handlers.add(handler);
    return () => handlers.delete(handler);
  }

  async replaceWorker(restore: (start: () => Promise<FreshWorker>) => Promise<void>): Promise<void> {
    this.present.muted = true;
    let end = (): void => {};
    this.replacement = new Promise((resolve) => {
      end = resolve;
    });
    try {
      await restore(() => this.startAgain());
    } finally {
      this.replacement = undefined;
      end();
    }
  }

  terminate(): void {
    this.present.worker.terminate();
    this.present.rpc.rejectAll(ended('it was terminated'));
  }

  private async startAgain(): Promise<FreshWorker> {
    const before = this.present;
    before.muted = true;
    // They wait for the next worker from here on, before any later request.
    before.rpc.rejectAll(cancelled());
    const copied = before.ended ? undefined : before.rpc.send('copyImages', undefined);
    const images = copied && (await answeredWithin(copied, imagesWithinMs, cancelled).catch(() => undefined));
    before.worker.terminate();
    const fresh = this.connect();
    this.present = fresh;
    return {
      images,
      request: (name, ...[args, call]) =>
        fresh.rpc.send(name, args as TrainingRequests[typeof name][0], {
          ...call,
          transfer: transferOf(name, args),
        }),
    };
  }

  private connect(): Connection {
    const worker = this.startWorker();
    const connection: Connection = { worker, rpc: new RpcClient(worker), ended: false, muted: false };
    for (const event of this.handlers.keys()) this.forward(connection, event);
    worker.addEventListener('error', (event) => {
      const error = ended(event.message || 'it failed to load');
      connection.ended = true;
      // Comes first: the requests then wait for the next worker.
      if (!connection.muted) this.report(error);
      connection.rpc.rejectAll(error);
    });
    return connection;
  }

  private forward(connection: Connection, event: TrainingEventName): void {
    connection.rpc.on(event, (payload) => {
      if (!connection.muted) this.dispatch(event, payload);
    });
  }

  private report(error: ResiduaError): void {
    this.dispatch('failure', error.toPlain());
  }

  private dispatch(event: TrainingEventName, payload: unknown): void {
    for (const handler of this.handlers.get(event) ?? []) handler(payload as never);
  }
}

const startTrainingWorker = (): TrainingWorker =>
  new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module' });

/** Starts the training worker and returns its client. */
export const createTrainingClient = (startWorker = startTrainingWorker): TrainingClient =>
  new ReplaceableClient(startWorker);
