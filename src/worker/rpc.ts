/** Typed requests and events over a message port: the shape that both ends of a worker share. */
import { asResiduaError, type PlainError, ResiduaError } from '#core/errors.ts';

export type RpcMessage =
  | { readonly type: 'request'; readonly id: number; readonly name: string; readonly args: unknown }
  | { readonly type: 'reply'; readonly id: number; readonly result: unknown }
  | { readonly type: 'rejection'; readonly id: number; readonly error: PlainError }
  | { readonly type: 'event'; readonly name: string; readonly payload: unknown };

/** What both ends need of a `Worker` or of a worker's global scope. */
export interface MessageEndpoint {
  postMessage(message: RpcMessage, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<RpcMessage>) => void): void;
}

/** Arguments of a request as a rest parameter: none where the map says `undefined`. */
export type RequestArguments<A> = A extends undefined ? [] : [args: A, transfer?: Transferable[]];

/** The calling end: sends requests, receives replies and events. */
export class RpcClient<Requests extends { [N in keyof Requests]: [unknown, unknown] }, Events> {
  private nextId = 1;
  private readonly pending = new Map<
    number,
    { readonly resolve: (result: unknown) => void; readonly reject: (error: ResiduaError) => void }
  >();
  private readonly listeners = new Map<string, Set<(payload: unknown) => void>>();

  constructor(private readonly endpoint: MessageEndpoint) {
    endpoint.addEventListener('message', ({ data }) => this.receive(data));
  }

  /**
   * Sends a request; a second argument lists the buffers to transfer, which are then no longer usable here.
   * @throws ResiduaError (as rejection) whatever the other end threw.
   */
  request<N extends keyof Requests & string>(
    name: N,
    ...[args, transfer]: RequestArguments<Requests[N][0]>
  ): Promise<Requests[N][1]> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.endpoint.postMessage({ type: 'request', id, name, args }, transfer ?? []);
    });
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
    if (message.type === 'request') return;
    const waiting = this.pending.get(message.id);
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

/** One handler a request; a handler may return its result wrapped in `Transferred`. */
export type RequestHandlers<Requests extends { [N in keyof Requests]: [unknown, unknown] }> = {
  [N in keyof Requests]: (
    args: Requests[N][0],
  ) => Promise<Requests[N][1] | Transferred<Requests[N][1]>> | Requests[N][1] | Transferred<Requests[N][1]>;
};

/** The serving end: answers requests with the handlers, in the order of their arrival, and emits events. */
export const serveRpc = <Requests extends { [N in keyof Requests]: [unknown, unknown] }, Events>(
  endpoint: MessageEndpoint,
  handlers: RequestHandlers<Requests>,
): {
  emit<E extends keyof Events & string>(name: E, payload: Events[E], transfer?: Transferable[]): void;
} => {
  endpoint.addEventListener('message', async ({ data }) => {
    if (data.type !== 'request') return;
    const { id, name, args } = data;
    try {
      // The two ends are compiled against the same map, so a known name has the arguments that the map says.
      const handler = handlers[name as keyof Requests];
      const answer = await handler(args as Requests[keyof Requests][0]);
      const { result, transfer } =
        answer instanceof Transferred ? answer : { result: answer, transfer: [] as Transferable[] };
      endpoint.postMessage({ type: 'reply', id, result }, transfer);
    } catch (thrown) {
      endpoint.postMessage({ type: 'rejection', id, error: asResiduaError(thrown).toPlain() }, []);
    }
  });
  return {
    emit: (name, payload, transfer = []) => endpoint.postMessage({ type: 'event', name, payload }, transfer),
  };
};
