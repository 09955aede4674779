/** Tasks that run between two steps of a run, without stopping it. */
import type { WorkQueue } from './work-queue.ts';

/** Tasks of one run, in the order of their requests. */
export class BetweenSteps {
  private waiting: (() => Promise<void>)[] = [];

  constructor(private readonly work: WorkQueue) {}

  /** Runs a task when training next serves it, or when the queue has come to it at rest. The caller handles its errors. */
  perform<T>(task: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      let begun: Promise<void> | undefined;
      const once = (): Promise<void> => {
        this.waiting = this.waiting.filter((other) => other !== once);
        begun ??= task().then(resolve, reject);
        return begun;
      };
      this.waiting.push(once);
      void this.work.addForCaller(once);
    });
  }

  /** Runs the tasks that wait. To be called during training, at a boundary between two steps. */
  async serve(): Promise<void> {
    for (const once of [...this.waiting]) await once();
  }
}
