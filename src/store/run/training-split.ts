/** How the run that exists, or else the next one, splits the loaded training images. */
import type { SampleInfo } from '#core/dataset.ts';
import { holdOutKey, type TrainingSplit, trainingSplit } from '#core/training-split.ts';
import type { AppState } from '../app-state.ts';
import type { GalleryMode } from '../view/state.ts';

const noSamples: readonly SampleInfo[] = [];

let known:
  | { readonly samples: readonly SampleInfo[]; readonly key: string; readonly split: TrainingSplit }
  | undefined;

/** The split of the loaded images: the same object while neither they nor the settings that it follows change. */
export const runSplit = ({ dataset, run }: Pick<AppState, 'dataset' | 'run'>): TrainingSplit => {
  const samples = dataset.loaded?.samples ?? noSamples;
  const settings = run.configured ?? run.config;
  const key = holdOutKey(settings);
  if (known?.samples !== samples || known.key !== key)
    known = { samples, key, split: trainingSplit(samples, settings) };
  return known.split;
};

/** Where the gallery shows a sample. */
export const galleryModeOf = (state: Pick<AppState, 'dataset' | 'run'>, index: number): GalleryMode => {
  if (state.dataset.loaded?.samples[index]?.split !== 'train') return 'test';
  return runSplit(state).heldOut.includes(index) ? 'held-out' : 'train';
};

/** Where the images are that a threshold is judged by: the test images, or else those that it is fitted on. */
export const judgedMode = (state: Pick<AppState, 'dataset' | 'run'>): GalleryMode => {
  if (state.dataset.loaded?.samples.some(({ split }) => split === 'test')) return 'test';
  return runSplit(state).heldOut.length > 0 ? 'held-out' : 'train';
};
