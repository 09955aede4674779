/** The WebGPU kernels of the ops that overwrite a tensor in place. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { OpKernels } from '../../op-kernels.ts';
import { copyTensor, integerUniforms } from '../../webgpu/dispatch.ts';
import { writeBuffer } from '../../webgpu/tfjs-internals.ts';
import { activeTrace } from '../../webgpu/trace.ts';
import { changeFlat, withFlat } from '../flat/flat-webgpu.ts';
import { listOf } from '../flat/tensor-list.ts';
import { runElementwise } from './elementwise-program.ts';
import { vectorComponents } from './vector-components.ts';

const accumulate = (backend: WebGPUBackend, target: TensorInfo, source: TensorInfo): void => {
  runElementwise(
    backend,
    {
      name: 'accumulate',
      inputs: { source },
      components: vectorComponents(util.sizeFromShape(target.shape)),
      body: 'result[index] = result[index] + source[index];',
    },
    target,
  );
};

/** Kernels of the ops that overwrite a tensor in place on WebGPU. */
export const inPlaceWebgpuKernels: OpKernels = {
  ResiduaCopyInto: ({ inputs, backend }) => {
    const { target, source } = inputs as { target: TensorInfo; source: TensorInfo };
    copyTensor(backend as WebGPUBackend, source, target);
    return [];
  },

  ResiduaFillZero: ({ inputs, backend }) => {
    const { target } = inputs as { target: TensorInfo };
    const components = vectorComponents(util.sizeFromShape(target.shape));
    runElementwise(
      backend as WebGPUBackend,
      { name: 'zero', inputs: {}, components, body: 'result[index] = Value(0.0);' },
      target,
    );
    return [];
  },

  ResiduaAccumulate: ({ inputs, backend }) => {
    const { target, source } = inputs as { target: TensorInfo; source: TensorInfo };
    accumulate(backend as WebGPUBackend, target, source);
    return [];
  },

  ResiduaAccumulateAll: ({ inputs, backend }) => {
    const webgpu = backend as WebGPUBackend;
    withFlat(webgpu, listOf(inputs, 'source'), (source) =>
      changeFlat(webgpu, listOf(inputs, 'target'), (target) => accumulate(webgpu, target, source)),
    );
    return [];
  },

  ResiduaWriteValues: ({ inputs, attrs, backend }) => {
    const { target } = inputs as { target: TensorInfo };
    const { values } = attrs as unknown as { values: Float32Array };
    if (activeTrace(backend)) throw new Error('Values cannot be written within a recording.');
    writeBuffer(backend as WebGPUBackend, target.dataId, values);
    return [];
  },

  ResiduaStoreColumn: ({ inputs, backend }) => {
    const { target, column } = inputs as Record<'target' | 'column', TensorInfo>;
    const values = listOf(inputs, 'value');
    const [, columns] = target.shape as [number, number];
    runElementwise(
      backend as WebGPUBackend,
      {
        name: `store-column-${values.length}`,
        inputs: { column, ...Object.fromEntries(values.map((value, row) => [`value${row}`, value])) },
        components: 1,
        uniforms: integerUniforms({ columns }),
        body: `if (f32(index % uniforms.columns) != column[0]) {
        return;
      }
      switch (index / uniforms.columns) {
        ${values.map((_, row) => `case ${row}: { result[index] = value${row}[0]; }`).join('\n        ')}
        default: {}
      }`,
      },
      target,
    );
    return [];
  },
};
