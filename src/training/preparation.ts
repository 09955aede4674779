/** Prepares a run's device for its first step, once, without delaying a pause. */
import type { TrainerStage } from './trainer-stage.ts';
import type { TrainingRun } from './training-run.ts';
import type { WorkQueue } from './work-queue.ts';

/** The preparation of one run; later kernels are compiled at their first use. */
export class Preparation {
  private underWay: Promise<void> | undefined;
  private isOver = false;

  constructor(
    private readonly run: TrainingRun,
    private readonly work: WorkQueue,
    private readonly stage: TrainerStage,
  ) {}

  /**
   * Waits until the device is ready.
   * @returns false if a halt came first: the device continues compiling, and the next call waits for the rest
   */
  async ready(): Promise<boolean> {
    const { run, work, stage } = this;
    if (this.isOver || work.halted) return !work.halted;
    stage.begin('compiling');
    const isShown = (): boolean => stage.activity === 'compiling';
    this.underWay ??= run.prepare(stage.progressOf('compiling', isShown)).then(() => {
      this.isOver = true;
    });
    await Promise.race([this.underWay, work.whenHalted()]);
    if (work.halted) return false;
    stage.begin('training');
    return true;
  }
}
