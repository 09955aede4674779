/** Imports a trained model: reads its files, decodes the images at its side, and replaces the present run. */
import { ResiduaError } from '#core/errors.ts';
import { StepHistory } from '#core/step-history.ts';
import type { ExportedRun } from '#worker/protocol.ts';
import type { RequestCall } from '#worker/rpc.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import type { StateApi } from '../app-state.ts';
import type { DatasetLoader } from '../dataset/actions.ts';
import { withSpectra } from './loss-spectra.ts';

/** How a long task reports progress, and the signal that cancels it. */
export type LongCall = RequestCall & { readonly signal: AbortSignal };

/**
 * Reads an exported run.
 * @param files a `.json` and a `.bin` file, in any order
 * @throws ResiduaError `import-invalid` if either file is missing or any other file is given
 */
export const readRunFiles = async (files: readonly File[]): Promise<ExportedRun> => {
  const model = files.find(({ name }) => name.endsWith('.json'));
  const weights = files.find(({ name }) => name.endsWith('.bin'));
  if (!model || !weights || files.length !== 2) {
    const names = files.map(({ name }) => name).join(', ') || 'nothing';
    throw new ResiduaError(
      'import-invalid',
      `An exported run is a model.json and a weights.bin. The chosen files are: ${names}.`,
      'Choose both files of one export at once.',
    );
  }
  return { modelJson: await model.text(), weights: await weights.arrayBuffer() };
};

/**
 * Imports a run and evaluates it on the loaded images, which are decoded again if its side differs. The state changes only
 * at the end.
 * @returns false if the decoding fails or is canceled
 * @throws ResiduaError (as rejection) if the files or the images are invalid; `cancelled`
 */
export const importRun = async (
  api: StateApi,
  training: TrainingClient,
  dataset: Pick<DatasetLoader, 'imagesAt'>,
  files: ExportedRun,
  call: LongCall,
): Promise<boolean> => {
  const { side } = await training.request('openRun', files);
  const taken = await dataset.imagesAt(side, call.signal);
  if (!taken) return false;
  const imported = await training.request('importRun', { images: taken.images }, call);
  const { config, history, summary, status, kept, categoryName } = imported;
  taken.taken();
  api.setState((before) => {
    const state = taken.shownIn(before);
    return {
      ...state,
      run: {
        ...state.run,
        config,
        configured: config,
        history: { ...history, steps: StepHistory.of(history.steps) },
        summary,
        status,
        pastEvaluations: kept,
        spectraByLoss: withSpectra(state.run.spectraByLoss, config, categoryName, history.spectra),
        importedFrom: categoryName,
        savedStep: status.step,
      },
    };
  });
  return true;
};
