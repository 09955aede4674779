/** The kernels of `blockEnd` for tfjs's WebGPU backend. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { OpKernels } from '../../op-kernels.ts';
import { type BlockEndAttributes, type BlockEndInputs, blockEndKernels } from './block-end-kernels.ts';
import { runNormalization, runNormalizationGradient } from './normalization-webgpu.ts';

/** WebGPU kernels of `blockEnd`. */
export const blockEndWebgpuKernels: OpKernels = {
  [blockEndKernels.identity]: ({ inputs, attrs, backend }) => {
    const { x, affine, shortcut } = inputs as BlockEndInputs;
    const { epsilon } = attrs as BlockEndAttributes;
    const given = { x, affine, shortcut: { s: shortcut } };
    return [...runNormalization(backend as WebGPUBackend, given, { epsilon, relu: true })];
  },

  [blockEndKernels.projection]: ({ inputs, attrs, backend }) => {
    const { x, affine, shortcut, shortcutAffine } = inputs as BlockEndInputs;
    const { epsilon } = attrs as BlockEndAttributes;
    const given = { x, affine, shortcut: { s: shortcut, affine: shortcutAffine } };
    return [...runNormalization(backend as WebGPUBackend, given, { epsilon, relu: true })];
  },

  [blockEndKernels.identityGradient]: ({ inputs, attrs, backend }) => {
    const { x, affine, statistics, shortcut, y, dy } = inputs as BlockEndInputs;
    const { epsilon } = attrs as BlockEndAttributes;
    const { dx, daffine, ds } = runNormalizationGradient(
      backend as WebGPUBackend,
      { x, affine, statistics, dy, shortcut: { s: shortcut, y } },
      { epsilon, relu: true },
    );
    return [dx, daffine, ds!];
  },

  [blockEndKernels.projectionGradient]: ({ inputs, attrs, backend }) => {
    const { x, affine, statistics, shortcut, shortcutAffine, y, dy } = inputs as BlockEndInputs;
    const { epsilon } = attrs as BlockEndAttributes;
    const { dx, daffine, ds, shortcutDaffine } = runNormalizationGradient(
      backend as WebGPUBackend,
      { x, affine, statistics, dy, shortcut: { s: shortcut, affine: shortcutAffine, y } },
      { epsilon, relu: true },
    );
    return [dx, daffine, ds!, shortcutDaffine!];
  },
};
