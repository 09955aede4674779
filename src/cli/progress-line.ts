/** The one line that tells how a training run is getting on. */
import type { RunProgress } from './page-snapshot.ts';

/** What the line is made of. */
export interface Progress {
  readonly status: RunProgress;
  /** Loss of the last step; undefined before the first. */
  readonly loss: number | undefined;
  /** Image AUROC of the last evaluation; undefined before it, and where it has no value. */
  readonly imageAuroc: number | undefined;
}

/** A duration in words: `8 s`, `3 min 05 s`, `2 h 07 min`. */
export const durationInWords = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${twoDigits(Math.floor((seconds % 3600) / 60))} min`;
};

/** The line, without its end. */
export const progressText = ({ status, loss, imageAuroc }: Progress): string =>
  [
    `epoch ${status.epoch}/${status.epochs}`,
    `step ${status.step}`,
    loss === undefined ? undefined : `loss ${loss.toPrecision(5)}`,
    imageAuroc === undefined ? undefined : `AUROC ${imageAuroc.toFixed(4)}`,
    status.imagesPerSecond === undefined ? undefined : `${status.imagesPerSecond.toPrecision(3)} images/s`,
    status.remainingMs === undefined ? undefined : `${durationInWords(status.remainingMs)} left`,
    status.activity === undefined || status.activity === 'training' ? undefined : status.activity,
  ]
    .filter((part) => part !== undefined)
    .join('  ');

/** Where the line goes: one that is written over on a terminal, a new one every few seconds elsewhere. */
export class ProgressLine {
  private lastWriteMs = Number.NEGATIVE_INFINITY;
  private lastText = '';
  private readonly everyMs: number;

  constructor(private readonly stream: NodeJS.WriteStream) {
    this.everyMs = stream.isTTY ? 0 : 5000;
  }

  /** Shows the line where it is time for it, or where it is the last one. */
  show(text: string, { last }: { readonly last: boolean }): void {
    const nowMs = performance.now();
    if (text === this.lastText || (!last && nowMs - this.lastWriteMs < this.everyMs)) return;
    this.lastWriteMs = nowMs;
    this.lastText = text;
    const clear = this.stream.isTTY ? '\r\u001b[2K' : '';
    this.stream.write(`${clear}${text}${this.stream.isTTY ? '' : '\n'}`);
  }

  /** Leaves the line, so that what follows starts on its own. */
  end(): void {
    if (this.stream.isTTY && this.lastText !== '') this.stream.write('\n');
  }
}
