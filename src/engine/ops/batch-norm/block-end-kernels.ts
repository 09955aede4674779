/** What the op `blockEnd` and its kernels on each backend agree on: names, inputs and attributes. */
import type { NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';

/** Names in tfjs's registry. All take the attributes `BlockEndAttributes`. */
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

/** The kernels' inputs, of which each takes its own, all float32. */
export type BlockEndInputs = Readonly<
  Record<'x' | 'affine' | 'statistics' | 'shortcut' | 'shortcutAffine' | 'y' | 'dy', TensorInfo>
>;

export interface BlockEndAttributes extends NamedAttrMap {
  /** Added to the variances. */
  epsilon: number;
}
