import { type GradConfig, getGradient, getKernel } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { processorKernels, registerProcessorKernels } from './cpu/kernels.ts';
import type { OpKernels } from './op-kernels.ts';
import { gradients } from './ops/gradients.ts';
import { registerWebgpuKernels, webgpuKernels } from './webgpu/kernels.ts';

const sources = import.meta.glob<string>(
  ['./ops/**/*.ts', '!./ops/**/*.test.ts', '!./ops/**/*.assembly.ts'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);
const modules = import.meta.glob<Record<string, unknown>>(
  ['./ops/**/*.ts', '!./ops/**/*.test.ts', '!./ops/**/*.assembly.ts'],
  { eager: true },
);

/**
 * The kernel names that appear in quotes in the folders of the ops. The ops run their kernels by these names.
 */
const namesInFolders = new Set(
  Object.values(sources).flatMap((source) =>
    [...source.matchAll(/'(Residua[A-Z]\w*)'/g)].map(([, name]) => name!),
  ),
);

/** The op checks whether the device has this kernel. */
const onWebGpuOnly = ['ResiduaSideBySide'];

const exportsNamed = <Value>(pattern: RegExp): Value[] =>
  Object.values(modules).flatMap((module) =>
    Object.entries(module).flatMap(([name, value]) => (pattern.test(name) ? [value as Value] : [])),
  );

const namesOf = (kernels: readonly OpKernels[]): string[] =>
  kernels.flatMap((each) => Object.keys(each)).sort();

describe('the tables of kernels', () => {
  it('have a kernel on each device for every name in the folders of ops', () => {
    expect(namesInFolders.size).toBeGreaterThan(20);
    for (const name of namesInFolders) {
      expect(webgpuKernels, 'WebGPU').toHaveProperty(name);
      if (!onWebGpuOnly.includes(name)) expect(processorKernels, 'the processor').toHaveProperty(name);
    }
  });

  it('list what the files of ops export, each name once', () => {
    const ours = ([name]: readonly [string, unknown]): boolean => name.startsWith('Residua');
    const onWebGpu = namesOf(exportsNamed<OpKernels>(/WebgpuKernels$/));
    expect(onWebGpu).toEqual(Object.keys(webgpuKernels).sort());
    const onProcessor = namesOf(exportsNamed<OpKernels>(/ProcessorKernels$/));
    expect(onProcessor).toEqual(
      Object.entries(processorKernels)
        .filter(ours)
        .map(([name]) => name)
        .sort(),
    );
  });

  it('register each kernel once, on the device that is opened', () => {
    for (let time = 0; time < 2; time++) {
      registerProcessorKernels();
      registerWebgpuKernels();
    }
    for (const [name, kernel] of Object.entries(processorKernels))
      expect(getKernel(name, 'wasm')?.kernelFunc).toBe(kernel);
    for (const [name, kernel] of Object.entries(webgpuKernels))
      expect(getKernel(name, 'webgpu')?.kernelFunc).toBe(kernel);
    for (const gradient of gradients) expect(getGradient(gradient.kernelName)).toBe(gradient);
  });

  it('have the gradients that the files of ops export', () => {
    const exported = exportsNamed<GradConfig>(/Gradient$/).filter((value) => 'gradFunc' in value);
    expect(new Set(exported)).toEqual(new Set(gradients));
    expect(exported).toHaveLength(gradients.length);
  });
});
