/** Names, inputs and attributes that the op `blockEnd` shares with its kernels on each backend. */
import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';

/** Names in tfjs's registry. All use the attributes `BlockEndAttributes`. */
export const blockEndKernels = {
  /** x, affine, shortcut -> y, statistics */
  identity: 'ResiduaBlockEnd',
  /** x, affine, statistics, shortcut, y, dy -> dx, d affine, d shortcut */
  identityGradient: 'ResiduaBlockEndGradient',
  /** x, affine, shortcut, shortcutAffine -> y, statistics */
  projection: 'ResiduaBlockEndProjection',
  /** x, affine, statistics, shortcut, shortcutAffine, y, dy -> dx, d affine, d shortcut, d shortcutAffine */
  projectionGradient: 'ResiduaBlockEndProjectionGradient',
} as const;

/** The inputs, all float32. Each kernel uses some of them. */
export type BlockEndInputs = Readonly<
  Record<'x' | 'affine' | 'statistics' | 'shortcut' | 'shortcutAffine' | 'y' | 'dy', TensorInfo>
>;

export interface BlockEndAttributes extends NamedAttrMap {
  /** Added to the variances. */
  epsilon: number;
}
