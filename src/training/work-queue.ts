/** One task after the other, and a signal that halts the current one. */
import { cancelled } from '#core/errors.ts';

/** Work of one run. */
export class WorkQueue {
  private last: Promise<void> = Promise.resolve();
  private halt = new AbortController();

  /** @param fail receives whatever a task of `add` throws */
  constructor(private readonly fail: (thrown: unknown) => Promise<void>) {}

  /** Aborted when the current task should end. */
  get signal(): AbortSignal {
    return this.halt.signal;
  }

  /** Whether the current task should end. */
  get halted(): boolean {
    return this.signal.aborted;
  }

  /** Resolves when the current task should end. */
  whenHalted(): Promise<void> {
    const { signal } = this;
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  /** Resolves when the task has ended or failed. */
  add(task: () => Promise<void>): Promise<void> {
    this.last = this.last.then(task).catch(this.fail);
    return this.last;
  }

  /** Adds a task whose errors the caller handles. Later tasks wait for it as for any other. */
  addForCaller<T>(task: () => Promise<T>): Promise<T> {
    const result = this.last.then(task);
    this.last = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  }

  /** Asks all tasks to end, and resolves when they have. */
  async haltAll(): Promise<void> {
    const { halt } = this;
    halt.abort(cancelled());
    await this.last;
    if (this.halt === halt) this.halt = new AbortController();
  }
}
