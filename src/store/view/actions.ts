/** Chooses the shown image and the options of the panels. */
import { asResiduaError } from '#core/errors.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import { createGallerySelector } from '../gallery/content.ts';
import { walkTarget } from '../gallery/order.ts';
import { createOwnError } from '../run/own-error.ts';
import { galleryModeOf } from '../run/training-split.ts';
import type { QueuePolicy } from '../table/queue-guard.ts';
import { pastStepOf } from './past-step.ts';
import type { ViewState } from './state.ts';

/** Actions on the view. None of them rejects. */
export interface ViewActions {
  /** Shows a sample by its index in the image set. */
  select(index: number): Promise<void>;
  /** Shows a tile of the chosen sample; undefined follows the one with the largest score. */
  selectTile(tile: number | undefined): Promise<void>;
  /**
   * Shows the sample that is `offset` places away in the gallery; stops at the ends. From a hidden sample,
   * the first step goes to the nearest shown one.
   */
  walk(offset: number): Promise<void>;
  /** Shows one split in the gallery. */
  setGalleryMode(mode: ViewState['galleryMode']): void;
  /** Sets display options. */
  set(
    options: Partial<
      Omit<
        ViewState,
        'selected' | 'tile' | 'sample' | 'earlierRun' | 'meanSample' | 'galleryMode' | 'pastStep'
      >
    >,
  ): void;
  /**
   * Shows test images as of a past evaluation. Undefined, or the step of the last evaluation, follows the
   * latest. After calls during a request, one more request is sent, for the last of these calls.
   */
  scrub(step: number | undefined): Promise<void>;
}

export const viewPolicy: QueuePolicy<ViewActions> = {
  select: 'allow',
  selectTile: 'allow',
  walk: 'allow',
  setGalleryMode: 'allow',
  set: 'allow',
  scrub: 'allow',
};

/** Creates the actions of the view slice. */
export const createViewActions = (api: StateApi, training: TrainingClient): ViewActions => {
  const gallery = createGallerySelector();
  const error = createOwnError(api);
  /** Requests the chosen sample as of the chosen evaluation. */
  const show = async (): Promise<void> => {
    const before = api.getState();
    const { selected: index, tile } = before.view;
    const step = pastStepOf(before);
    if (index === undefined) return;
    const isCurrent = (): boolean => {
      const { dataset, view } = api.getState();
      return view.selected === index && view.tile === tile && dataset.loaded === before.dataset.loaded;
    };
    try {
      const past = step === undefined ? undefined : await training.request('viewPast', { index, tile, step });
      const sample = past ?? (await training.request('view', { index, tile }));
      error.clear();
      if (!isCurrent() || pastStepOf(api.getState()) !== step) return;
      patch(api, 'view', {
        sample,
        earlierRun: undefined,
        ...(past || step === undefined ? {} : { pastStep: undefined }),
      });
    } catch (thrown) {
      if (isCurrent()) error.show(asResiduaError(thrown).toPlain());
    }
  };

  const select = async (index: number): Promise<void> => {
    const sample = api.getState().dataset.loaded?.samples[index];
    if (!sample) return;
    patch(api, 'view', {
      selected: index,
      tile: undefined,
      galleryMode: galleryModeOf(api.getState(), index),
    });
    await show();
  };

  let scrubbing: Promise<void> | undefined;
  const showUntilSettled = async (): Promise<void> => {
    for (;;) {
      const { pastStep } = api.getState().view;
      await show();
      if (api.getState().view.pastStep === pastStep) return;
    }
  };

  return {
    select,
    selectTile: async (tile) => {
      patch(api, 'view', { tile });
      await show();
    },
    walk: async (offset) => {
      const { order, shown } = gallery(api.getState());
      const { selected } = api.getState().view;
      const item = walkTarget(order, shown, selected, offset);
      if (item && item.index !== selected) await select(item.index);
    },
    setGalleryMode: (galleryMode) => patch(api, 'view', { galleryMode }),
    set: (options) => patch(api, 'view', options),
    scrub: async (step) => {
      const { run, view } = api.getState();
      const pastStep = step === run.pastEvaluations.at(-1)?.step ? undefined : step;
      if (pastStep === view.pastStep) return;
      patch(api, 'view', { pastStep });
      scrubbing ??= showUntilSettled().finally(() => {
        scrubbing = undefined;
      });
      await scrubbing;
    },
  };
};
