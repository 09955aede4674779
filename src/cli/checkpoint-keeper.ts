/** Keeps the last checkpoints of the page's run in its output folder while it trains. */
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ResiduaError } from '#core/errors.ts';
import { writeAtomic } from './atomic-file.ts';
import type { BrowserPage } from './browser-page.ts';
import type { FileExchange } from './file-exchange.ts';
import { checkpointFiles, resumeFileName, resumeText } from './resume-file.ts';
import type { TrainCommand } from './train-command.ts';
import { prepareFolder } from './write-results.ts';

/** The names under which the page returns the checkpoints of up to three contestants. */
export const checkpointNames = ['checkpoint-0', 'checkpoint-1', 'checkpoint-2'] as const;

/** The place of a checkpoint in its run. */
export interface KeptPlace {
  /** Whole epochs. */
  readonly epoch: number;
  readonly step: number;
}

export class CheckpointKeeper {
  private lastEpoch: number | undefined;
  private lastMs: number;
  private last: Promise<unknown> = Promise.resolve();
  private ended = false;
  private kept = false;

  /**
   * @param nowMs a clock in milliseconds
   * @param warn receives the reason, in a sentence, why a checkpoint could not be kept
   */
  constructor(
    private readonly page: BrowserPage,
    private readonly exchange: FileExchange,
    private readonly command: TrainCommand,
    private readonly warn: (problem: string) => void,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.lastMs = nowMs();
    this.kept = command.resumed !== undefined;
  }

  /** Whether the output folder has a checkpoint. */
  get hasKept(): boolean {
    return this.kept;
  }

  get outFolder(): string {
    return this.command.outFolder;
  }

  /** Keeps a checkpoint if the last one is old enough by minutes or epochs. A failure is a warning: the training goes on. */
  async keepIfDue(epoch: number): Promise<void> {
    const { everyMinutes, everyEpochs } = this.command.pace;
    this.lastEpoch ??= epoch;
    const isDue =
      (everyMinutes > 0 && this.nowMs() - this.lastMs >= 60_000 * everyMinutes) ||
      (everyEpochs > 0 && epoch - this.lastEpoch >= everyEpochs);
    if (!isDue) return;
    this.lastMs = this.nowMs();
    this.lastEpoch = epoch;
    try {
      await this.keep();
    } catch (thrown) {
      if (!this.ended) this.warn(thrown instanceof Error ? thrown.message : String(thrown));
    }
  }

  /**
   * Keeps a checkpoint of each contestant now, in place of the last ones.
   * @returns the place of the first
   * @throws ResiduaError as `checkpoint` of the page, `no-run` once the training is over; the error of the file system. The last
   *   checkpoints then stay.
   */
  keep(): Promise<KeptPlace> {
    const kept = this.last.then(() => this.write());
    this.last = kept.catch(() => undefined);
    return kept;
  }

  /** Waits for the checkpoint in progress; from now on none is made. */
  async end(): Promise<void> {
    this.ended = true;
    await this.last;
  }

  /** Removes the checkpoints: the results have taken their place. */
  async remove(): Promise<void> {
    const { outFolder } = this.command;
    for (const file of [join(outFolder, resumeFileName), ...checkpointFiles(this.command)])
      await rm(file, { force: true });
  }

  private async write(): Promise<KeptPlace> {
    if (this.ended) throw over();
    const { outFolder } = this.command;
    const places = await this.page.run(
      async ({ prefix, names }) => {
        const made = await window.residua.checkpoint();
        for (const [index, { bytes }] of made.entries()) {
          const { ok } = await fetch(`${prefix}/${names[index]}`, { method: 'PUT', body: bytes });
          if (!ok) throw new Error('The checkpoint could not be sent.');
        }
        return made.map(({ info: { epoch, step, finished } }) => ({ epoch, step, finished }));
      },
      { prefix: this.exchange.prefix, names: checkpointNames },
    );
    const [first] = places;
    if (!first || places.every(({ finished }) => finished)) throw over();
    for (const [index, file] of checkpointFiles(this.command).entries()) {
      const bytes = this.exchange.received(checkpointNames[index] ?? '');
      if (!bytes) throw new Error('The page did not return a checkpoint.');
      await prepareFolder(dirname(file));
      await writeAtomic(file, bytes);
    }
    await writeAtomic(join(outFolder, resumeFileName), resumeText(this.command));
    this.kept = true;
    return first;
  }
}

const over = (): ResiduaError => new ResiduaError('no-run', 'The training is over.', 'Wait for its results.');
