/** Typed requests and events over a message port: the types that both ends of a worker share. */
import { asResiduaError, cancelled, type PlainError, ResiduaError } from '#core/errors.ts';
import { ShareClock, type ShareDone } from '#core/share-clock.ts';

export type RpcMessage =
  | { readonly type: 'request'; readonly id: number; readonly name: string; readonly args: unknown }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'progress'; readonly id: number; readonly done: ShareDone }
  | { readonly type: 'reply'; readonly id: number; readonly result: unknown }
  | { readonly type: 'rejection'; readonly id: number; readonly error: PlainError }
  | { readonly type: 'event'; readonly name: string; readonly payload: unknown };

/** The part of a `Worker`, or of a worker's global scope, that both ends need. */
export interface MessageEndpoint {
  postMessage(message: RpcMessage, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<RpcMessage>) => void): void;
}

/** How the caller of a long request follows and cancels it. */
export interface RequestCall {
  /** Receives the progress a few times a second; not called for short requests. */
  readonly onProgress?: (done: ShareDone) => void;
  /**
   * Aborting asks the other end to stop. The request rejects with `cancelled` once it has stopped; if it completes first, it
   * resolves.
   */
  readonly signal?: AbortSignal | undefined;
}

interface RequestOptions extends RequestCall {
  /** Buffers to transfer with the arguments; the caller cannot use them afterward. */
  readonly transfer?: Transferable[];
}

/** The arguments after a request's name; optional if the map says `undefined`. */
export type RequestArguments<A, Options = RequestOptions> = [A] extends [undefined]
  ? [args?: undefined, options?: Options]
  : [args: A, options?: Options];

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: ResiduaError) => void;
  readonly onProgress: RequestCall['onProgress'];
}

/** The calling end: sends requests, receives replies and events. */
export class RpcClient<Requests extends { [N in keyof Requests]: [unknown, unknown] }, Events> {
  private nextId = 1;
  private readonly pending = new Map<number, Pending>();
  private readonly listeners = new Map<string, Set<(payload: unknown) => void>>();

  constructor(private readonly endpoint: MessageEndpoint) {
    endpoint.addEventListener('message', ({ data }) => this.receive(data));
  }

  /** @throws ResiduaError (as rejection), as thrown by the other end */
  request<N extends keyof Requests & string>(
    name: N,
    ...[args, options]: RequestArguments<Requests[N][0]>
  ): Promise<Requests[N][1]> {
    return this.send(name, args as Requests[N][0], options);
  }

  /** `request` with all its arguments, for a caller that does not know the name statically. */
  send<N extends keyof Requests & string>(
    name: N,
    args: Requests[N][0],
    { transfer = [], onProgress, signal }: RequestOptions = {},
  ): Promise<Requests[N][1]> {
    if (signal?.aborted) return Promise.reject(cancelled());
    const id = this.nextId++;
    const cancel = (): void => this.endpoint.postMessage({ type: 'cancel', id }, []);
    signal?.addEventListener('abort', cancel, { once: true });
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject, onProgress });
      this.endpoint.postMessage({ type: 'request', id, name, args }, transfer);
    }).finally(() => signal?.removeEventListener('abort', cancel));
  }

  /** Calls `handler` on every event with this name, until the returned function is called. */
  on<E extends keyof Events & string>(event: E, handler: (payload: Events[E]) => void): () => void {
    const handlers = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, handlers);
    const listener = (payload: unknown): void => handler(payload as Events[E]);
    handlers.add(listener);
    return () => handlers.delete(listener);
  }

  /** Rejects all pending requests, because the other end is gone. */
  rejectAll(error: ResiduaError): void {
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
  }

  private receive(message: RpcMessage): void {
    if (message.type === 'event') {
      for (const listener of this.listeners.get(message.name) ?? []) listener(message.payload);
      return;
    }
    if (message.type === 'request' || message.type === 'cancel') return;
    const waiting = this.pending.get(message.id);
    if (message.type === 'progress') {
      waiting?.onProgress?.(message.done);
      return;
    }
    this.pending.delete(message.id);
    if (message.type === 'reply') waiting?.resolve(message.result);
    else waiting?.reject(ResiduaError.fromPlain(message.error));
  }
}

/** A reply with the buffers to transfer instead of copying. */
export class Transferred<Result> {
  constructor(
    readonly result: Result,
    readonly transfer: Transferable[],
  ) {}
}

/** A request from its handler's view. */
export interface HandledCall {
  /** Aborted when the caller cancels the request: the handler throws `cancelled` as soon as possible. */
  readonly signal: AbortSignal;
  /** Reports the completed share to the caller, 0 to 1; may be called at any rate. */
  readonly onProgress: (share: number) => void;
}

type Answer<R> = [R] extends [undefined]
  ? Promise<void> | undefined
  : Promise<R | Transferred<R>> | R | Transferred<R>;

/** One handler per request; a handler may wrap its result in `Transferred`. */
export type RequestHandlers<Requests extends { [N in keyof Requests]: [unknown, unknown] }> = {
  [N in keyof Requests]: (args: Requests[N][0], call: HandledCall) => Answer<Requests[N][1]>;
};

/**
 * The serving end: answers requests with the handlers, in the order of their arrival.
 * @param causeOf finds the cause of an error that a handler throws
 */
export const serveRpc = <Requests extends { [N in keyof Requests]: [unknown, unknown] }>(
  endpoint: MessageEndpoint,
  handlers: RequestHandlers<Requests>,
  causeOf: (thrown: unknown) => Promise<ResiduaError> | ResiduaError = asResiduaError,
): void => {
  const underWay = new Map<number, AbortController>();
  const callOf = (id: number, { signal }: AbortController): HandledCall => {
    const clock = new ShareClock(performance.now());
    return {
      signal,
      onProgress: (share) => {
        const done = clock.at(share, performance.now());
        if (done) endpoint.postMessage({ type: 'progress', id, done }, []);
      },
    };
  };
  endpoint.addEventListener('message', async ({ data }) => {
    if (data.type === 'cancel') underWay.get(data.id)?.abort(cancelled());
    if (data.type !== 'request') return;
    const { id, name, args } = data;
    const abort = new AbortController();
    underWay.set(id, abort);
    try {
      // Both ends are compiled against the same map, so a known name has the map's arguments.
      const handler = handlers[name as keyof Requests];
      const answer = await handler(args as Requests[keyof Requests][0], callOf(id, abort));
      const { result, transfer } =
        answer instanceof Transferred ? answer : { result: answer, transfer: [] as Transferable[] };
      endpoint.postMessage({ type: 'reply', id, result }, transfer);
    } catch (thrown) {
      endpoint.postMessage({ type: 'rejection', id, error: (await causeOf(thrown)).toPlain() }, []);
    } finally {
      underWay.delete(id);
    }
  });
};

/** The serving end's events. */
export const eventEmitter =
  <Events>(endpoint: MessageEndpoint) =>
  <E extends keyof Events & string>(name: E, payload: Events[E], transfer: Transferable[] = []): void =>
    endpoint.postMessage({ type: 'event', name, payload }, transfer);
