/** Runs the forward convolution, or its input gradient, on WebGPU. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ConvolutionGeometry } from '../geometry.ts';
import type { ConvolutionDevice } from './convolution-device.ts';
import { turnFilter } from './filter-channels.ts';
import { type FilterLayout, type GatherDirection, planGather, turnsFilter } from './gather-plan.ts';
import { filterComponents, gatherKey, generateGather } from './gather-wgsl.ts';
import { runConvolutionProgram } from './program.ts';

interface GatherInputs {
  readonly source: TensorInfo;
  readonly filter: TensorInfo;
  readonly device: ConvolutionDevice;
  /** By default that of a filter [rows, columns, in, out]. */
  readonly filterLayout?: FilterLayout;
}

const runPlan = (
  backend: WebGPUBackend,
  geometry: ConvolutionGeometry,
  direction: GatherDirection,
  { source, filter, device, filterLayout }: Required<GatherInputs>,
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

/**
 * One direction of a convolution.
 * @param source x, or dy for the input gradient
 * @returns y, or dx; the caller owns it
 */
export const runGather = (
  backend: WebGPUBackend,
  geometry: ConvolutionGeometry,
  direction: GatherDirection,
  inputs: GatherInputs,
): TensorInfo => {
  const layout = inputs.filterLayout ?? (direction === 'forward' ? 'source-result' : 'result-source');
  if (layout === 'source-result' || !turnsFilter(geometry, inputs.device)) {
    return runPlan(backend, geometry, direction, { ...inputs, filterLayout: layout });
  }
  const filter = turnFilter(backend, inputs.filter);
  const result = runPlan(backend, geometry, direction, { ...inputs, filter, filterLayout: 'source-result' });
  backend.disposeData(filter.dataId);
  return result;
};
