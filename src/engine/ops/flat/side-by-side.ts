/** Tensors that lie side by side on the device, so that one kernel can serve them all. */
import { engine, getKernel, keep, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { namedList, sideBySideKernel } from './tensor-list.ts';

/** Tensors that are kept until `dispose`, whatever scope they were made in. */
export interface SideBySide {
  readonly tensors: readonly Tensor[];
  /** Tensors that have all the values: who copies or fills these has copied or filled all. */
  readonly whole: readonly Tensor[];
  /** Frees the tensors. They must not be disposed one by one. */
  dispose(): void;
}

/**
 * Copies of tensors, side by side by `flatLayout` where the device can have that: the ops over lists of tensors
 * (`runRadamStep`, `accumulateAll`, `updateRunningAverages`, `joinMoments`) then take one dispatch. Elsewhere handles of the
 * tensors themselves, which share their values.
 * @param sources float32, at least one; they stay the caller's, who disposes them without having changed them
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

/** Makes tensors and places them side by side; what `make` returns is disposed. */
export const makeSideBySide = (make: () => readonly Tensor[]): SideBySide => {
  const sources = make();
  const placed = placeSideBySide(sources);
  for (const source of sources) source.dispose();
  return placed;
};
