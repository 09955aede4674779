/** Gives the next training worker the device and the images of the one before it, and its run. */
import type { DeviceReport } from '#core/device.ts';
import { asResiduaError, endsDeviceOnly, type PlainError, ResiduaError } from '#core/errors.ts';
import type { FreshWorker } from '#worker/training-client.ts';
import { type AppState, patch } from '../app-state.ts';
import { overallPhase } from '../run/state.ts';
import { imagesAgain } from './images-again.ts';
import { afterLoss, type RecoveryAction } from './losses.ts';
import { failForGood, type LoadedRecovery, type RecoveryParts, type TakeFailure } from './recovery-parts.ts';
import { type RecoveredRun, recoveryNotice, recoveryTitle } from './recovery-words.ts';
import { mostImages, restoreRun } from './restore-run.ts';
import { silenceLimitMs, watchSilence } from './silence.ts';

/** Why training runs on the processor, for the settings of the device. */
const lostThrice =
  'The graphics device was lost three times within a minute, so training runs on the processor. Choose another device here.';

/** An attempt that succeeded. */
interface Restored {
  readonly report: DeviceReport;
  readonly run: RecoveredRun;
}

export class RunRecovery implements LoadedRecovery {
  private losses: readonly number[] = [];
  /** A failure of the next worker that no request has reported. */
  private noted: PlainError | undefined;
  /** Each silence doubles the limit of the next: the machine may be slower than expected. */
  private silences = 0;

  constructor(private readonly parts: RecoveryParts) {}

  watch(take: TakeFailure): void {
    const { api, training, everySecond } = this.parts;
    const ask = () => training.request('alive');
    const limitMs = () => (api.getState().recovery.underWay ? undefined : this.limitMs(api.getState()));
    watchSilence({ ask, limitMs, everySecond }, (failure) => {
      if (!take(failure)) failForGood(api, failure);
    });
  }

  note(failure: PlainError): void {
    this.noted = failure;
  }

  async recover(failure: PlainError, start: () => Promise<FreshWorker>): Promise<void> {
    const { api } = this.parts;
    const before = api.getState();
    const epoch = before.run.summary && before.run.status.epoch;
    const report = before.run.device.phase === 'ready' ? before.run.device.report : undefined;
    const trains = overallPhase(before.run, before.race) === 'running';
    let backend = report?.backend ?? 'webgpu';
    let mostAtOnce = mostImages(before);
    let cause = failure;
    patch(api, 'recovery', {
      notice: { title: recoveryTitle(cause, epoch), detail: 'Opening it again…', offersProcessor: false },
    });
    for (;;) {
      const action = this.next(cause, backend, trains ? mostAtOnce : undefined);
      if (action === 'fail') break;
      if (action === 'halve' && mostAtOnce) mostAtOnce = Math.ceil(mostAtOnce / 2);
      try {
        this.noted = undefined;
        const fresh = await start();
        const restored = await this.unlessSilent(
          fresh,
          before,
          this.attempt(action, before, mostAtOnce, fresh),
        );
        cause = this.noted ?? cause;
        if (!this.noted) {
          const toProcessor = backend !== 'wasm' && restored.report.backend === 'wasm';
          const { run } = restored;
          patch(api, 'recovery', {
            notice: recoveryNotice({ cause, action, epoch, toProcessor, run }),
          });
          return;
        }
        backend = restored.report.backend;
      } catch (thrown) {
        cause = asResiduaError(thrown).toPlain();
        if (!endsDeviceOnly(cause)) break;
      }
    }
    patch(api, 'recovery', { notice: undefined });
    failForGood(api, cause);
    // The user may choose another device, which needs a sound worker.
    await this.loadImages(await start());
  }

  private async loadImages(fresh: FreshWorker): Promise<void> {
    const images = fresh.images ?? (await imagesAgain(this.parts));
    if (images) await fresh.request('loadImages', images);
  }

  private limitMs(state: AppState): number | undefined {
    const limitMs = silenceLimitMs(state);
    return limitMs === undefined ? undefined : limitMs * 2 ** this.silences;
  }

  /** Rejects if the next worker stops answering, which no other request would notice. */
  private async unlessSilent<T>({ request }: FreshWorker, before: AppState, attempt: Promise<T>): Promise<T> {
    let stop = (): void => {};
    const silent = new Promise<never>((_, reject) => {
      const limitMs = this.limitMs(before);
      const { everySecond } = this.parts;
      const watched = { ask: () => request('alive'), limitMs: () => limitMs, everySecond };
      stop = watchSilence(watched, (failure) => reject(ResiduaError.fromPlain(failure)));
    });
    try {
      return await Promise.race([attempt, silent]);
    } finally {
      stop();
    }
  }

  private next(
    { code }: PlainError,
    backend: DeviceReport['backend'],
    microBatch: number | undefined,
  ): RecoveryAction {
    if (code === 'worker-silent') this.silences += 1;
    const loss = { code, atMs: this.parts.nowMs(), backend, microBatch };
    const { losses, action } = afterLoss(this.losses, loss);
    this.losses = losses;
    return action;
  }

  private async attempt(
    action: RecoveryAction,
    before: AppState,
    mostAtOnce: number | undefined,
    fresh: FreshWorker,
  ): Promise<Restored> {
    const isOffer = action === 'offer-processor';
    const report = await this.openDevice(isOffer, before, fresh);
    await this.loadImages(fresh);
    const run = await restoreRun(this.parts, before, mostAtOnce, fresh);
    const trains = overallPhase(before.run, before.race) === 'running' && !isOffer;
    if (run.kind !== 'restored') return { report, run };
    if (trains) await fresh.request('start');
    return { report, run: { ...run, trains } };
  }

  /** Opens the user's choice again, or the processor if that is impossible or of no use. */
  private async openDevice(
    isOffer: boolean,
    { run: { deviceChoice: choice } }: AppState,
    fresh: FreshWorker,
  ): Promise<DeviceReport> {
    const { api } = this.parts;
    const open = async (): Promise<DeviceReport> => {
      if (isOffer) return { ...(await fresh.request('openDevice', { choice: 'wasm' })), reason: lostThrice };
      try {
        return await fresh.request('openDevice', { choice });
      } catch (thrown) {
        const { code, problem } = asResiduaError(thrown);
        if (choice === 'wasm' || (code !== 'no-webgpu' && code !== 'adapter-too-small')) throw thrown;
        const report = await fresh.request('openDevice', { choice: 'wasm' });
        return { ...report, reason: `${problem} So training runs on the processor.` };
      }
    };
    const report = await open();
    const isOther = report.backend === 'wasm' && choice === 'webgpu';
    patch(api, 'run', {
      device: { phase: 'ready', report },
      ...(isOffer || isOther ? { deviceChoice: 'wasm' } : {}),
    });
    return report;
  }
}
