/** Resumes a run from a checkpoint: finds its images, opens the newest sound checkpoint, and trains on. */
import { asResiduaError, type PlainError, ResiduaError } from '#core/errors.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import { adoptOpened } from '../checkpoints/adopt-opened.ts';
import type { DatasetLoader, ImagesToTake } from '../dataset/actions.ts';
import { newId } from '../new-id.ts';
import type { LongCall } from '../run/run-tasks.ts';
import type { CheckpointKeeper } from './checkpoint-keeper.ts';
import { fitOf, fromKeptImages } from './kept-images.ts';
import type { StorageTurns } from './storage-turns.ts';
import type { StoredCheckpoint } from './stored-checkpoint.ts';

/** A checkpoint that the worker has opened, and the damaged ones that were skipped for it. */
interface Opened {
  readonly checkpoint: StoredCheckpoint;
  readonly damaged: readonly StoredCheckpoint[];
}

const noCheckpoint = (): ResiduaError =>
  new ResiduaError(
    'unknown-run',
    'This run has no checkpoint in the browser’s storage any more.',
    'Start a new run with its settings.',
  );

const skippedDamaged = ({ checkpoint, damaged }: Opened): PlainError => ({
  code: 'checkpoint-invalid',
  problem: `The checkpoint of ${checkpoint.categoryName} at epoch ${damaged[0]?.epoch} is damaged: the run was resumed from the one before it, at epoch ${checkpoint.epoch}.`,
  remedy: 'The steps after it are trained again.',
});

const inexact: PlainError = {
  code: 'checkpoint-invalid',
  problem:
    'This device repeated the last evaluation with other last digits: the resumed run differs from an uninterrupted one.',
  remedy: 'To go on exactly, resume it in the same browser and with the same choice under Device.',
};

/** Resumes runs; `createStorageActions` claims them. */
export class Resume {
  constructor(
    private readonly api: StateApi,
    private readonly training: TrainingClient,
    private readonly dataset: Pick<DatasetLoader, 'imagesNamed' | 'restoredImages'>,
    private readonly keeper: CheckpointKeeper,
    private readonly turns: StorageTurns,
  ) {}

  /**
   * Replaces the present run by one from its newest sound checkpoint.
   * @param adopt called right before the state changes
   * It stays if the user has to load images first, which `storage.awaited` then says, or if their decoding fails or is canceled.
   * @throws ResiduaError (as rejection) `other-images`, `checkpoint-invalid` if all its checkpoints are damaged, `cancelled`
   */
  async run(runId: string, call: LongCall, adopt: (checkpoint: StoredCheckpoint) => void): Promise<void> {
    const checkpoints = this.api.getState().storage.stored.filter((stored) => stored.runId === runId);
    const [newest] = checkpoints;
    if (!newest) throw noCheckpoint();
    const images = await this.imagesOf(newest, call.signal);
    patch(this.api, 'storage', { awaited: images === 'missing' ? newest : undefined });
    if (!images || images === 'missing') return;
    const opened = await this.open(checkpoints);
    const raceId = opened.checkpoint.raceId ?? newId();
    await this.explained(opened.checkpoint, () =>
      adoptOpened(this.api, this.training, images, call, raceId, () => adopt(opened.checkpoint)),
    );
    if (this.api.getState().run.resumed?.exact === false) patch(this.api, 'storage', { error: inexact });
    await this.dropDamaged(opened);
  }

  /** The images of a checkpoint: the loaded ones, the sample, or kept ones. */
  private async imagesOf(
    { categoryName: name, side, fit }: StoredCheckpoint,
    signal: AbortSignal,
  ): Promise<ImagesToTake | 'missing' | undefined> {
    const images = await this.dataset.imagesNamed(name, { side, fit }, signal);
    if (images !== 'missing') return images;
    const kept = await (await this.turns.opened()).images.read({ name, side });
    return kept && fitOf(kept) === fit ? this.dataset.restoredImages(fromKeptImages(kept)) : 'missing';
  }

  /** Awaits the folder if the images of this name are other ones. */
  private async explained(checkpoint: StoredCheckpoint, adopt: () => Promise<void>): Promise<void> {
    try {
      await adopt();
    } catch (thrown) {
      if (asResiduaError(thrown).code === 'other-images') patch(this.api, 'storage', { awaited: checkpoint });
      throw thrown;
    }
  }

  /** Opens the first of these checkpoints that is not damaged. */
  private async open(checkpoints: readonly StoredCheckpoint[]): Promise<Opened> {
    const damaged: StoredCheckpoint[] = [];
    let reason: unknown = noCheckpoint();
    for (const checkpoint of checkpoints) {
      const files = await this.keeper.read(checkpoint);
      try {
        if (files) await this.training.request('openCheckpoint', files);
        if (files) return { checkpoint, damaged };
      } catch (thrown) {
        if (asResiduaError(thrown).code !== 'checkpoint-invalid') throw thrown;
        reason = thrown;
      }
      damaged.push(checkpoint);
    }
    throw reason;
  }

  private async dropDamaged(opened: Opened): Promise<void> {
    if (opened.damaged.length === 0) return;
    patch(this.api, 'storage', { error: skippedDamaged(opened) });
    for (const checkpoint of opened.damaged) await this.keeper.remove(checkpoint);
  }
}
