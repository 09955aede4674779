/** The text of an empty panel: the reason, and the remedy. */
import { useApp } from './store-context.ts';

export const usePlaceholder = (): string => {
  const hasImages = useApp((state) => state.dataset.loaded !== undefined);
  const loading = useApp((state) => state.dataset.loading !== undefined);
  const device = useApp((state) => state.run.device.phase);
  const phase = useApp((state) => state.run.status.phase);
  const step = useApp((state) => state.run.status.step);
  const activity = useApp((state) => state.run.status.activity);
  const evaluateEvery = useApp((state) => (state.run.configured ?? state.run.config).evaluateEvery);
  const epoch = useApp((state) => state.run.status.epoch);
  const hasView = useApp((state) => state.view.sample !== undefined);
  const ofMean = useApp((state) => state.view.reconstructionSource === 'mean-image');
  const baselinesError = useApp((state) => state.baselines.error?.problem);
  if (!hasImages) return loading ? 'Decoding images' : 'Open a folder or the sample';
  if (!hasView) return 'Loading';
  if (ofMean) return baselinesError ?? 'Computing the mean of the good training images';
  if (device === 'failed') return 'Training needs WebGPU';
  if (activity === 'compiling') return 'Compiling GPU kernels for the first step';
  if (activity === 'evaluating') return 'Evaluating';
  if (phase === 'running') {
    return `Appears after the evaluation of epoch ${(Math.floor(epoch / evaluateEvery) + 1) * evaluateEvery}`;
  }
  return step === 0 ? 'Press Train' : 'Not reconstructed yet';
};
