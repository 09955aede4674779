/** Asks which images are what, and remembers the answer. */
import type { Category, MappedFiles, SampleSource, SkippedFile } from '#core/dataset.ts';
import type { Mapping } from '#core/layout/roles.ts';
import type { DecodedSample } from '#worker/dataset-client.ts';
import { patch, type StateApi } from '../app-state.ts';
import type { Clients } from '../clients.ts';

export interface MappingActions {
  /** Loads the asked category with these roles, and remembers them for folders of this shape. */
  confirmMapping(mapping: Mapping): Promise<void>;
  /** Drops the question; the loaded images stay. */
  cancelMapping(): void;
  /** Asks again about the loaded category. */
  changeRoles(): void;
  /**
   * Decodes an image with its masks.
   * @param side of image and mask, in pixels
   * @throws ResiduaError (as rejection) `unreadable-image`
   */
  previewImage(source: SampleSource, side: number): Promise<DecodedSample>;
}

/** The actions, and the question itself. */
export interface MappingAsker extends MappingActions {
  ask(mapped: MappedFiles, outside: readonly SkippedFile[]): void;
}

/**
 * Creates the actions.
 * @param load loads a category whose roles are confirmed
 */
export const createMappingActions = (
  api: StateApi,
  { dataset, applyMapping, openRoleMemory }: Pick<Clients, 'dataset' | 'applyMapping' | 'openRoleMemory'>,
  load: (category: Category, outside: readonly SkippedFile[]) => Promise<void>,
): MappingAsker => {
  const ask = (mapped: MappedFiles, outside: readonly SkippedFile[]): void =>
    patch(api, 'dataset', { asked: { mapped, outside }, pending: undefined });
  return {
    ask,
    confirmMapping: async (mapping) => {
      const { asked } = api.getState().dataset;
      if (!asked) return;
      patch(api, 'dataset', { asked: undefined });
      (await openRoleMemory()).remember(mapping);
      const category = await applyMapping({ mapping, files: asked.mapped.files, confirmed: true });
      await load(category, asked.outside);
    },
    cancelMapping: () => patch(api, 'dataset', { asked: undefined }),
    changeRoles: () => {
      const { loaded } = api.getState().dataset;
      if (loaded?.category.mapped) ask(loaded.category.mapped, loaded.outside);
    },
    previewImage: (source, side) => {
      const { fit } = api.getState().run.config;
      // A picture of a whole image is one picture.
      return dataset.preview(source, { side, fit: fit === 'tiles' ? 'pad' : fit });
    },
  };
};
