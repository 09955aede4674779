/** What a trainer is doing, and how far that is. */
import { ShareClock, type ShareDone } from '#core/share-clock.ts';
import type { TrainerActivity, TrainerPhase } from './trainer-status.ts';

/** Phase, activity and progress of one trainer. */
export class TrainerStage {
  phase: TrainerPhase = 'idle';
  activity: TrainerActivity;
  /** Of the activity; undefined where nothing is known of it. */
  progress: ShareDone | undefined;

  /**
   * @param changed called after every change
   * @param nowMs a clock in milliseconds
   */
  constructor(
    private readonly changed: () => void,
    private readonly nowMs: () => number,
  ) {}

  enter(phase: TrainerPhase, activity: TrainerActivity): void {
    if (activity !== this.activity) this.progress = undefined;
    this.phase = phase;
    this.activity = activity;
    this.changed();
  }

  /**
   * A function that is told the share done of work that begins now. Where that takes long enough to be told, it is the
   * activity from then on.
   * @param isShown asked before anything is told
   */
  teller(
    activity: NonNullable<TrainerActivity>,
    isShown: () => boolean = () => true,
  ): (share: number) => void {
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
