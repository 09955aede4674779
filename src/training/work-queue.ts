/** One piece of work after the other, and a way to halt the present one. */

/** Work of one run. */
export class WorkQueue {
  private last: Promise<void> = Promise.resolve();
  private halt = new AbortController();

  /** @param fail told what a piece of work threw */
  constructor(private readonly fail: (thrown: unknown) => void) {}

  /** Whether the present work is to end. */
  get halted(): boolean {
    return this.halt.signal.aborted;
  }

  /** Resolves when the present work is to end. */
  whenHalted(): Promise<void> {
    const { signal } = this.halt;
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  /** Resolves when the work is done or has failed. */
  add(task: () => Promise<void>): Promise<void> {
    this.last = this.last.then(task).catch(this.fail);
    return this.last;
  }

  /** Work whose failure is the caller's; what comes after it waits for it all the same. */
  addForCaller<T>(task: () => Promise<T>): Promise<T> {
    const result = this.last.then(task);
    this.last = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  /** Tells all work that there is to end, and resolves when it has. */
  async haltAll(): Promise<void> {
    const { halt } = this;
    halt.abort();
    await this.last;
    if (this.halt === halt) this.halt = new AbortController();
  }
}
