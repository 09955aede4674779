/** The line that shows the progress of a training run. */
import type { RunProgress } from '#core/bundle/run-snapshot.ts';

/** The content of the line. */
export interface Progress {
  readonly status: RunProgress;
  /** Loss of the last step; undefined before the first. */
  readonly loss: number | undefined;
  /** Image AUROC of the last evaluation; undefined before the first, or if it has no value. */
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

/** The line's text, without a line break. */
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

/** Writes the line: over itself on a terminal; elsewhere as a new line every few seconds. */
export class ProgressLine {
  private lastWriteMs = Number.NEGATIVE_INFINITY;
  private lastText = '';
  private readonly everyMs: number;

  constructor(private readonly stream: NodeJS.WriteStream) {
    this.everyMs = stream.isTTY ? 0 : 5000;
  }

  /** Shows the line if it is due, or if it is the last one. */
  show(text: string, { last }: { readonly last: boolean }): void {
    const nowMs = performance.now();
    if (text === this.lastText || (!last && nowMs - this.lastWriteMs < this.everyMs)) return;
    this.lastWriteMs = nowMs;
    this.lastText = text;
    const clear = this.stream.isTTY ? '\r\u001b[2K' : '';
    this.stream.write(`${clear}${text}${this.stream.isTTY ? '' : '\n'}`);
  }

  /** Ends the line, so the next output starts on a new one. */
  end(): void {
    if (this.stream.isTTY && this.lastText !== '') this.stream.write('\n');
  }
}
