/** Faults in the WebGPU kernels of our ops: a device that computes wrongly. */
import * as tf from '@tensorflow/tfjs-core';
import { registerWebgpuKernels, webgpuKernels } from '#engine/webgpu/kernels.ts';

/** A fault of one kernel. */
export interface KernelFault {
  readonly kernelName: string;
  /** Place of the wrong tensor in the kernel's results; `none` for a kernel that works in place, which then does nothing. */
  readonly result: number | 'none';
}

/** Kernels that only arrange memory, so no device computes them wrongly. */
const arranging: readonly string[] = ['ResiduaSideBySide', 'ResiduaUninitialized'];

const replaceKernel = (kernelName: string, kernelFunc: tf.KernelFunc): (() => void) => {
  registerWebgpuKernels();
  const config = tf.getKernel(kernelName, 'webgpu');
  const replace = (other: tf.KernelFunc): void => {
    tf.unregisterKernel(kernelName, 'webgpu');
    tf.registerKernel({ ...config, kernelFunc: other });
  };
  replace(kernelFunc);
  return () => replace(config.kernelFunc);
};

const listed = (results: tf.TensorInfo | tf.TensorInfo[]): readonly tf.TensorInfo[] =>
  Array.isArray(results) ? results : [results];

/** A quarter too large. */
const wrong = (tensor: tf.TensorInfo, backend: tf.KernelBackend): tf.TensorInfo => {
  const { kernelFunc } = tf.getKernel('Multiply', 'webgpu');
  const inputs = { a: tensor, b: tf.scalar(1.25) };
  const scaled = kernelFunc({ inputs, backend, attrs: {} }) as tf.TensorInfo;
  backend.disposeData(tensor.dataId);
  return scaled;
};

/** Performs `work`, and returns every fault that the kernels of our ops could have had in it. */
export const faultsIn = async (work: () => Promise<unknown>): Promise<readonly KernelFault[]> => {
  const counts = new Map<string, number>();
  const restores = Object.entries(webgpuKernels)
    .filter(([kernelName]) => !arranging.includes(kernelName))
    .map(([kernelName, kernelFunc]) =>
      replaceKernel(kernelName, (given) => {
        const results = kernelFunc(given);
        counts.set(kernelName, listed(results).length);
        return results;
      }),
    );
  try {
    await work();
  } finally {
    for (const restore of restores) restore();
  }
  return [...counts].flatMap(([kernelName, count]): readonly KernelFault[] =>
    count === 0
      ? [{ kernelName, result: 'none' }]
      : Array.from({ length: count }, (_, result) => ({ kernelName, result })),
  );
};

/** Performs `work` on a device with a fault. */
export const withFault = async <T>(
  { kernelName, result }: KernelFault,
  work: () => Promise<T>,
): Promise<T> => {
  const correct = webgpuKernels[kernelName]!;
  const restore = replaceKernel(kernelName, (given) => {
    if (result === 'none') return [];
    const results = correct(given);
    const faulty = listed(results).map((tensor, place) =>
      place === result ? wrong(tensor, given.backend as tf.KernelBackend) : tensor,
    );
    return Array.isArray(results) ? faulty : faulty[0]!;
  });
  try {
    return await work();
  } finally {
    restore();
  }
};
