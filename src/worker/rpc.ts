/** Typed requests and events over a message port: the shape that both ends of a worker share. */
import { asResiduaError, cancelled, type PlainError, ResiduaError } from '#core/errors.ts';
import { ShareClock, type ShareDone } from '#core/share-clock.ts';

export type RpcMessage =
  | { readonly type: 'request'; readonly id: number; readonly name: string; readonly args: unknown }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'progress'; readonly id: number; readonly done: ShareDone }
  | { readonly type: 'reply'; readonly id: number; readonly result: unknown }
  | { readonly type: 'rejection'; readonly id: number; readonly error: PlainError }
  | { readonly type: 'event'; readonly name: string; readonly payload: unknown };

/** What both ends need of a `Worker` or of a worker's global scope. */
export interface MessageEndpoint {
  postMessage(message: RpcMessage, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<RpcMessage>) => void): void;
}

/** How the caller of a request that may take long follows it and calls it off. */
export interface RequestCall {
  /** Told a few times a second how far it is; not at all where it is short. */
  readonly onProgress?: (done: ShareDone) => void;
  /**
   * Aborting asks the other end to stop. The request rejects with `cancelled` once it has; where it is done before that, it
   * resolves.
   */
  readonly signal?: AbortSignal | undefined;
}

interface RequestOptions extends RequestCall {
  /** Buffers that move with the arguments: they are no longer usable here. */
  readonly transfer?: Transferable[];
}

/** What follows a request's name: its arguments, which may be left out where the map says `undefined`. */
export type RequestArguments<A, Options = RequestOptions> = A extends undefined
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

  /** @throws ResiduaError (as rejection) whatever the other end threw. */
  request<N extends keyof Requests & string>(
    name: N,
    ...[args, options]: RequestArguments<Requests[N][0]>
  ): Promise<Requests[N][1]> {
    return this.send(name, args as Requests[N][0], options);
  }

  /** `request` with all its arguments, for a caller that knows the name only as one of many. */
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

  /** Calls `handler` on every event of that name, until the returned function is called. */
  on<E extends keyof Events & string>(event: E, handler: (payload: Events[E]) => void): () => void {
    const handlers = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, handlers);
    const listener = (payload: unknown): void => handler(payload as Events[E]);
    handlers.add(listener);
    return () => handlers.delete(listener);
  }

  /** Rejects whatever is still waiting: the other end is gone. */
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

/** A reply with the buffers that move with it instead of being copied. */
export class Transferred<Result> {
  constructor(
    readonly result: Result,
    readonly transfer: Transferable[],
  ) {}
}

/** A request as its handler sees it. */
export interface HandledCall {
  /** Aborted when the caller calls the request off: the handler throws `cancelled` as soon as it can. */
  readonly signal: AbortSignal;
  /** Tells the caller which share is done, 0 to 1; may be called as often as there is something to tell. */
  readonly onProgress: (share: number) => void;
}

type Answer<R> = [R] extends [undefined]
  ? Promise<void> | undefined
  : Promise<R | Transferred<R>> | R | Transferred<R>;

/** One handler a request; a handler may return its result wrapped in `Transferred`. */
export type RequestHandlers<Requests extends { [N in keyof Requests]: [unknown, unknown] }> = {
  [N in keyof Requests]: (args: Requests[N][0], call: HandledCall) => Answer<Requests[N][1]>;
};

/** The serving end: answers requests with the handlers, in the order of their arrival. */
export const serveRpc = <Requests extends { [N in keyof Requests]: [unknown, unknown] }>(
  endpoint: MessageEndpoint,
  handlers: RequestHandlers<Requests>,
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
      // The two ends are compiled against the same map, so a known name has the arguments that the map says.
      const handler = handlers[name as keyof Requests];
      const answer = await handler(args as Requests[keyof Requests][0], callOf(id, abort));
      const { result, transfer } =
        answer instanceof Transferred ? answer : { result: answer, transfer: [] as Transferable[] };
      endpoint.postMessage({ type: 'reply', id, result }, transfer);
    } catch (thrown) {
      endpoint.postMessage({ type: 'rejection', id, error: asResiduaError(thrown).toPlain() }, []);
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
