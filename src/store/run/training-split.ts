/** How the present run (or the next run if there is none) splits the loaded training images. */
import type { SampleInfo } from '#core/dataset.ts';
import { holdOutKey, type TrainingSplit, trainingSplit } from '#core/training-split.ts';
import type { AppState } from '../app-state.ts';
import type { GalleryMode } from '../view/state.ts';

const noSamples: readonly SampleInfo[] = [];

let known:
  | { readonly samples: readonly SampleInfo[]; readonly key: string; readonly split: TrainingSplit }
  | undefined;

/** Returns the split: the same object while the images and its settings are unchanged. */
export const runSplit = ({ dataset, run }: Pick<AppState, 'dataset' | 'run'>): TrainingSplit => {
  const samples = dataset.loaded?.samples ?? noSamples;
  const settings = run.configured ?? run.config;
  const key = holdOutKey(settings);
  if (known?.samples !== samples || known.key !== key)
    known = { samples, key, split: trainingSplit(samples, settings) };
  return known.split;
};

/** Returns the gallery mode that shows a sample. */
export const galleryModeOf = (state: Pick<AppState, 'dataset' | 'run'>, index: number): GalleryMode => {
  if (state.dataset.loaded?.samples[index]?.split !== 'train') return 'test';
  return runSplit(state).heldOut.includes(index) ? 'held-out' : 'train';
};

/** Returns the gallery mode of the images that judge a threshold: the test images if any, or the images it is fitted to. */
export const judgedMode = (state: Pick<AppState, 'dataset' | 'run'>): GalleryMode => {
  if (state.dataset.loaded?.samples.some(({ split }) => split === 'test')) return 'test';
  return runSplit(state).heldOut.length > 0 ? 'held-out' : 'train';
};
