/** Makes a run's device ready for its first step, once, without holding up a pause. */
import type { TrainerStage } from './trainer-stage.ts';
import type { TrainingRun } from './training-run.ts';
import type { WorkQueue } from './work-queue.ts';

/** The preparation of one run; what is not there by the end of it is built at its first use. */
export class Preparation {
  private underWay: Promise<void> | undefined;
  private isOver = false;

  constructor(
    private readonly run: TrainingRun,
    private readonly work: WorkQueue,
    private readonly stage: TrainerStage,
  ) {}

  /**
   * Waits until all is ready.
   * @returns false where a halt came first: what the device has begun goes on, and the next call waits for the rest
   */
  async ready(): Promise<boolean> {
    const { run, work, stage } = this;
    if (this.isOver || work.halted) return !work.halted;
    stage.enter('running', 'compiling');
    const isShown = (): boolean => stage.activity === 'compiling';
    this.underWay ??= run.prepare(stage.teller('compiling', isShown)).then(() => {
      this.isOver = true;
    });
    await Promise.race([this.underWay, work.whenHalted()]);
    if (work.halted) return false;
    stage.enter('running', 'training');
    return true;
  }
}
