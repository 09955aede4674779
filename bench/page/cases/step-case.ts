/** The whole training step at side 64, batch 4, width 1: against stock kernels, and on WASM against WebGPU. */
import type { Scalar } from '@tensorflow/tfjs-core';
import { openProcessor } from '#engine/cpu/open-processor.ts';
import { type BenchRow, benchRow } from '../../bench-row.ts';
import { activateBackend, measure } from '../../measure.ts';
import { createStep, type StepSize, type TrainingStep } from '../../step.ts';
import { stepOperations } from '../../step-operations.ts';
import { createStockStep } from '../../stock-model.ts';
import { type BenchCase, baselineName } from '../bench-case.ts';

const size: StepSize = { side: 64, batch: 4, width: 1 };

/** Tolerated difference of the first losses of two implementations: same weights and images, sums in another order. */
const lossTolerance = 1e-3;

const operations = stepOperations(size.side, size.batch, size.width);

const read = async (loss: Scalar): Promise<number> => {
  const [value] = await loss.data();
  loss.dispose();
  return value!;
};

/** Compares both first steps, which must be the same work. @throws Error if the losses differ */
const checkSameLoss = async (first: () => Promise<number>, second: () => Promise<number>): Promise<void> => {
  const [a, b] = [await first(), await second()];
  if (!(Math.abs(a - b) <= lossTolerance * Math.abs(a))) {
    throw new Error(`The first step's loss is ${a}, but ${b} in its baseline.`);
  }
};

const stepRow = 'step-64';

/** Our step against the same model on stock kernels. */
export const stockStepCase: BenchCase = {
  ids: [stepRow],
  run: async ({ settings: { stock, quick }, timing, peaks }): Promise<readonly BenchRow[]> => {
    const ours = createStep(size);
    const theirs: TrainingStep | undefined = stock && !quick ? createStockStep(size) : undefined;
    try {
      if (theirs) {
        await checkSameLoss(
          () => read(ours.step()),
          () => read(theirs.step()),
        );
      }
      const steps = theirs ? [ours, theirs] : [ours];
      const [own, baseline] = await measure(
        steps.map(({ step }) => ({ call: step, warm: theirs !== undefined })),
        timing,
      );
      return [
        benchRow(
          {
            id: stepRow,
            ...(baseline ? { baseline: baselineName('stock tfjs, Adam, our WFDL', baseline.samples) } : {}),
            medianMs: own!.medianMs,
            baselineMs: baseline?.medianMs,
            gflops: operations / own!.medianMs / 1e6,
          },
          peaks,
        ),
      ];
    } finally {
      ours.dispose();
      theirs?.dispose();
    }
  },
};

const wasmRow = 'wasm-step';

/** Our step on the WASM backend against our step on this device's WebGPU, in one page. */
export const wasmStepCase: BenchCase = {
  ids: [wasmRow],
  run: async ({ timing }): Promise<readonly BenchRow[]> => {
    const webgpu = createStep(size);
    let wasm: TrainingStep | undefined;
    try {
      await activateBackend('wasm');
      const { threads } = await openProcessor();
      wasm = createStep(size);
      const onWasm = wasm;
      await checkSameLoss(
        () => read(onWasm.step()),
        async () => {
          await activateBackend('webgpu');
          return read(webgpu.step());
        },
      );
      const [own, baseline] = await measure(
        [
          { call: onWasm.step, backend: 'wasm', warm: true },
          { call: webgpu.step, backend: 'webgpu', warm: true },
        ],
        timing,
      );
      return [
        benchRow(
          {
            id: wasmRow,
            baseline: baselineName(
              `our WebGPU kernels; threads of the processor: ${threads}`,
              baseline!.samples,
            ),
            medianMs: own!.medianMs,
            baselineMs: baseline!.medianMs,
            gflops: operations / own!.medianMs / 1e6,
          },
          // The peaks belong to the WebGPU device.
          {},
        ),
      ];
    } finally {
      wasm?.dispose();
      await activateBackend('webgpu');
      webgpu.dispose();
    }
  },
};
