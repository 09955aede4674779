/** Turns on one device: of the trainers that wait for it, the one furthest behind comes next. */

/** One trainer's access to the device. */
export interface Turn {
  /**
   * Waits for the device, and ends the previous turn of this trainer.
   * @param signal aborting it gives up the wait
   * @returns false if the signal is aborted; this trainer then has no turn
   */
  take(signal?: AbortSignal): Promise<boolean>;
  /** Ends the turn, if there is one. */
  leave(): void;
  /** Milliseconds of all turns so far, including the present one. */
  heldMs(): number;
}

interface Waiting {
  readonly turn: Turn;
  readonly rank: number;
  readonly done: () => number;
  readonly grant: () => void;
}

/** Grants the device to one trainer at a time. */
export class Turns {
  private holder: Turn | undefined;
  private heldSinceMs = 0;
  private waiting: readonly Waiting[] = [];

  /** @param nowMs a clock in milliseconds */
  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /**
   * Adds a trainer.
   * @param rank of trainers that are equally far, the lowest rank comes first
   * @param done the trainer's completed fraction of its planned work
   */
  join(rank: number, done: () => number): Turn {
    let endedMs = 0;
    const presentMs = (): number => (this.holder === turn ? this.nowMs() - this.heldSinceMs : 0);
    const end = (): void => {
      endedMs += presentMs();
      if (this.holder === turn) this.holder = undefined;
    };
    const turn: Turn = {
      take: (signal) => {
        if (signal?.aborted) {
          turn.leave();
          return Promise.resolve(false);
        }
        return new Promise((resolve) => {
          const giveUp = (): void => {
            this.waiting = this.waiting.filter((other) => other !== entry);
            resolve(false);
          };
          const grant = (): void => {
            signal?.removeEventListener('abort', giveUp);
            resolve(true);
          };
          const entry = { turn, rank, done, grant };
          signal?.addEventListener('abort', giveUp, { once: true });
          this.waiting = [...this.waiting, entry];
          end();
          this.grantNext();
        });
      },
      leave: () => {
        if (this.holder !== turn) return;
        end();
        this.grantNext();
      },
      heldMs: () => endedMs + presentMs(),
    };
    return turn;
  }

  private grantNext(): void {
    if (this.holder) return;
    const [next] = this.waiting.toSorted((a, b) => a.done() - b.done() || a.rank - b.rank);
    if (!next) return;
    this.waiting = this.waiting.filter((other) => other !== next);
    this.holder = next.turn;
    this.heldSinceMs = this.nowMs();
    next.grant();
  }
}
