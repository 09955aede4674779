/** The mean spectrum on WebGPU: two dispatches of the transform, and one that goes over images and channels. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { runElementwise } from '../elementwise/elementwise-program.ts';
import { runForwardColumns } from '../fft/webgpu/column-kernels.ts';
import { workgroupLimits } from '../fft/webgpu/line-program.ts';
import { runForwardRows } from '../fft/webgpu/row-kernels.ts';
import { type MeanMagnitudeAttributes, meanMagnitudeName } from './mean-magnitude-attributes.ts';

/** A thread of a column 0..N/2 writes its frequency and the mirror image, which has the same magnitude. */
const body = /* wgsl */ `
  let row = index / uniforms.columns;
  let column = index % uniforms.columns;
  if (2 * column > uniforms.columns) { return; }
  let halfStride = (uniforms.columns / 2 + 1) * uniforms.channels;
  var sum = 0.0;
  for (var image = 0; image < uniforms.images; image++) {
    let start = 2 * ((image * uniforms.rows + row) * halfStride + column * uniforms.channels);
    for (var at = start; at < start + 2 * uniforms.channels; at += 2) {
      let point = vec2f(spectrum[at], spectrum[at + 1]);
      sum += sqrt(dot(point, point));
    }
  }
  let mean = sum * uniforms.scale;
  result[index] = mean;
  if (column > 0 && 2 * column < uniforms.columns) {
    let mirrorRow = (uniforms.rows - row) % uniforms.rows;
    result[(mirrorRow + 1) * uniforms.columns - column] = mean;
  }`;

const kernelFunc: KernelFunc = ({ inputs, backend, attrs }) => {
  const { x } = inputs as unknown as { x: TensorInfo };
  const { shape, ...given } = attrs as unknown as MeanMagnitudeAttributes;
  const webgpu = backend as WebGPUBackend;
  const limits = given.limits ?? workgroupLimits(webgpu);
  const packed = runForwardRows(webgpu, shape, limits, [x]);
  const spectrum = runForwardColumns(webgpu, shape, limits, { edge: 1, interior: 1 }, packed);
  webgpu.disposeData(packed.dataId);
  const { outer, rows, columns, inner } = shape;
  const integer = (name: string, value: number) => ({ name, type: 'int32', value }) as const;
  const mean = runElementwise(
    webgpu,
    {
      name: 'mean-magnitude',
      inputs: { spectrum },
      components: 1,
      uniforms: [
        integer('images', outer),
        integer('rows', rows),
        integer('columns', columns),
        integer('channels', inner),
        { name: 'scale', type: 'float32', value: 1 / (outer * inner) },
      ],
      body,
    },
    [rows, columns],
  );
  webgpu.disposeData(spectrum.dataId);
  return mean;
};

/** Kernels of the mean spectrum on WebGPU. */
export const meanMagnitudeWebgpuKernels: OpKernels = {
  [meanMagnitudeName]: kernelFunc,
};
