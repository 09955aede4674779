/** Tensors that lie side by side on the device, which one kernel can process. */
import { engine, getKernel, keep, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { namedList, sideBySideKernel } from './tensor-list.ts';

/** Tensors that survive `tidy`, until `dispose`. */
export interface SideBySide {
  readonly tensors: readonly Tensor[];
  /** Tensors that contain all values: copying or filling these copies or fills all. */
  readonly whole: readonly Tensor[];
  /** Frees the tensors. They must not be disposed one by one. */
  dispose(): void;
}

/**
 * Copies tensors side by side by `flatLayout`, if the device supports it. The ops over lists of tensors (`runRadamStep`,
 * `accumulateAll`, `updateRunningAverages`, `joinMoments`) then need one dispatch. On other devices it returns handles that
 * share the tensors' values.
 * @param sources float32, at least one; the caller must not change them, and disposes them
 */
export const placeSideBySide = (sources: readonly Tensor[]): SideBySide => {
  const { backendName } = engine();
  if (getKernel(sideBySideKernel, backendName)) {
    const all = engine().runKernel<Tensor[]>(sideBySideKernel, namedList('tensor', sources));
    for (const tensor of all) keep(tensor);
    const [root, ...tensors] = all as [Tensor, ...Tensor[]];
    return {
      tensors,
      whole: [root],
      dispose: () => {
        for (const tensor of all) tensor.dispose();
      },
    };
  }
  const tensors = tidy(() => sources.map((source) => keep(source.clone())));
  return {
    tensors,
    whole: tensors,
    dispose: () => {
      for (const tensor of tensors) tensor.dispose();
    },
  };
};

/** Makes tensors and places them side by side; disposes those that `make` returns. */
export const makeSideBySide = (make: () => readonly Tensor[]): SideBySide => {
  const sources = make();
  const placed = placeSideBySide(sources);
  for (const source of sources) source.dispose();
  return placed;
};
