/** The phase, activity and progress of a trainer. */
import { cancelled } from '#core/errors.ts';
import { ShareClock, type ShareDone } from '#core/share-clock.ts';
import type { RunActivity, RunPhase } from '#core/training-events.ts';

export class TrainerStage {
  phase: RunPhase = 'idle';
  activity: RunActivity | undefined;
  /** Progress of the activity; undefined if unknown. */
  progress: ShareDone | undefined;
  private rest = new AbortController();

  /**
   * @param changed called after every change
   * @param nowMs a clock in milliseconds
   */
  constructor(
    private readonly changed: () => void,
    private readonly nowMs: () => number,
  ) {}

  /** Aborted as soon as training starts. */
  get restSignal(): AbortSignal {
    return this.rest.signal;
  }

  enter(phase: RunPhase, activity: RunActivity | undefined): void {
    if (phase === 'running') this.rest.abort(cancelled());
    else if (this.phase === 'running') this.rest = new AbortController();
    if (activity !== this.activity) this.progress = undefined;
    this.phase = phase;
    this.activity = activity;
    this.changed();
  }

  /** Starts another activity in the same phase. */
  begin(activity: RunActivity | undefined): void {
    this.enter(this.phase, activity);
  }

  /**
   * Returns the progress callback of work that starts now. If the work takes long enough to be reported, it
   * becomes the activity.
   * @param isShown checked before each report
   */
  progressOf(activity: RunActivity, isShown: () => boolean = () => true): (share: number) => void {
    const clock = new ShareClock(this.nowMs());
    return (share) => {
      const done = isShown() ? clock.at(share, this.nowMs()) : undefined;
      if (!done) return;
      this.activity = activity;
      this.progress = done;
      this.changed();
    };
  }
}
