/** Runs the forward convolution, or its input gradient, on WebGPU. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { DeviceClass } from '#gpu/device-class.ts';
import { type FilterLayout, type GatherDirection, planGather } from './gather-plan.ts';
import { filterComponents, gatherKey, generateGather } from './gather-wgsl.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { runConvolutionProgram } from './program.ts';

interface GatherInputs {
  readonly source: TensorInfo;
  readonly filter: TensorInfo;
  readonly device: DeviceClass;
  /** Unless told that of a filter [rows, columns, in, out]. */
  readonly filterLayout?: FilterLayout;
}

/**
 * One direction of a convolution.
 * @param source x, or dy for the input gradient
 * @returns y, or dx; the caller owns it
 */
export const runGather = (
  backend: WebGPUBackend,
  geometry: ConvolutionGeometry,
  direction: GatherDirection,
  { source, filter, device, filterLayout }: GatherInputs,
): TensorInfo => {
  const plan = planGather(geometry, direction, device, filterLayout);
  const { kernelRows, kernelColumns, padRows, padColumns, batch } = geometry;
  const { sourceRows, sourceColumns, resultRows, resultColumns, sourceVectors, resultVectors } = plan;
  const { sourceStep, classStep, classes, phases, gridRows, segmentsPerRow, totalSegments } = plan;
  const { pixelTiles, channelTiles } = plan;
  const shape = [batch, resultRows, resultColumns, resultVectors * plan.resultComponents];
  const flat = runConvolutionProgram(
    backend,
    {
      key: gatherKey(plan),
      generate: () => generateGather(plan),
      threads: plan.threads,
      workgroupThreads: plan.workgroupThreads,
      inputs: {
        source: [source, plan.sourceComponents],
        filterValues: [filter, filterComponents(plan)],
      },
      integers: {
        kernelRows,
        kernelColumns,
        padRows,
        padColumns,
        direction: plan.direction,
        sourceStep,
        sourceRows,
        sourceColumns,
        sourceVectors,
        resultRows,
        resultColumns,
        resultVectors,
        classStep,
        classes,
        phases,
        gridRows,
        segmentsPerRow,
        totalSegments,
        pixelTiles,
        channelTiles,
      },
      resultComponents: plan.resultComponents,
    },
    shape.reduce((product, size) => product * size),
  );
  return { ...flat, shape };
};
