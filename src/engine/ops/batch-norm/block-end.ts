/** The end of a residual block as one op: batch norm, of the shortcut too if it is a projection, then sum and ReLU. */
import { engine, type GradConfig, type Tensor, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core';
import { releaseOutputGradient, releaseSaved } from '../tape/release.ts';
import { batchNormEpsilon } from './batch-norm.ts';
import { type BlockEndAttributes, blockEndKernels } from './block-end-kernels.ts';

/** The gradient of `blockEnd` with a shortcut that is not normalized. */
export const blockEndGradient: GradConfig = {
  kernelName: blockEndKernels.identity,
  inputsToSave: ['x', 'affine', 'shortcut'],
  outputsToSave: [true, true],
  gradFunc: (dys, saved, attributes) => {
    const [dy] = dys as Tensor[];
    const [x, affine, shortcut, y, statistics] = saved as [Tensor, Tensor, Tensor, Tensor, Tensor];
    const [dx, daffine, dshortcut] = engine().runKernel<Tensor[]>(
      blockEndKernels.identityGradient,
      { x, affine, statistics, shortcut, y, dy: dy! },
      attributes,
    ) as [Tensor, Tensor, Tensor];
    releaseSaved(saved);
    releaseOutputGradient(dy!);
    return { x: () => dx, affine: () => daffine, shortcut: () => dshortcut };
  },
};

/** The gradient of `blockEnd` with a shortcut that is normalized. */
export const blockEndProjectionGradient: GradConfig = {
  kernelName: blockEndKernels.projection,
  inputsToSave: ['x', 'affine', 'shortcut', 'shortcutAffine'],
  outputsToSave: [true, true],
  gradFunc: (dys, saved, attributes) => {
    const [dy] = dys as Tensor[];
    const [x, affine, shortcut, shortcutAffine, y, statistics] = saved as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    const [dx, daffine, dshortcut, dshortcutAffine] = engine().runKernel<Tensor[]>(
      blockEndKernels.projectionGradient,
      { x, affine, statistics, shortcut, shortcutAffine, y, dy: dy! },
      attributes,
    ) as [Tensor, Tensor, Tensor, Tensor];
    releaseSaved(saved);
    releaseOutputGradient(dy!);
    return {
      x: () => dx,
      affine: () => daffine,
      shortcut: () => dshortcut,
      shortcutAffine: () => dshortcutAffine,
    };
  },
};

/** The tensor that a block adds to its branch. */
export interface BlockShortcut {
  /**
   * float32. It has the branch's shape, or half the branch's sides and is then enlarged by 2, nearest
   * neighbor.
   */
  readonly x: Tensor4D;
  /** float32 [2, C]: weight, then bias. If given, the shortcut is normalized first. */
  readonly affine?: Tensor2D;
}

const checkShapes = ({ x, affine }: BlockShortcut, branch: Tensor4D, branchAffine: Tensor2D): void => {
  const [batch, rows, columns, channels] = branch.shape;
  const isLike = [1, 2].some((scale) =>
    [batch, rows / scale, columns / scale, channels].every((size, axis) => size === x.shape[axis]),
  );
  if (!isLike) {
    throw new RangeError(
      `blockEnd of [${branch.shape}] got a shortcut of [${x.shape}], expected the same shape or half its sides.`,
    );
  }
  for (const { shape } of affine ? [branchAffine, affine] : [branchAffine]) {
    if (shape[0] !== 2 || shape[1] !== channels) {
      throw new RangeError(
        `blockEnd of [${branch.shape}] got an affine of shape [${shape}], expected [2, ${channels}].`,
      );
    }
  }
};

/**
 * relu(norm(x) + shortcut), where `norm` is `batchNormTrain`. If the shortcut has an affine, it is normalized
 * by the batch statistics of the shortcut; then it is enlarged if it is smaller. NaN is kept. Differentiable
 * in tensors and affines through y; the gradient of ReLU at 0 is 0, as in PyTorch.
 * @param branch x, float32 [N, H, W, C], and affine, float32 [2, C]: weight, then bias
 * @returns y like x, and statistics, float32 [rows, C]: the first rows are mean and biased variance of x,
 *   followed by those of the shortcut if it is normalized; the caller owns both
 * @throws RangeError if the shapes do not fit
 */
export const blockEnd = (
  branch: { readonly x: Tensor4D; readonly affine: Tensor2D },
  shortcut: BlockShortcut,
): { y: Tensor4D; statistics: Tensor2D } => {
  checkShapes(shortcut, branch.x, branch.affine);
  const inputs = { x: branch.x, affine: branch.affine, shortcut: shortcut.x };
  const attributes: BlockEndAttributes = { epsilon: batchNormEpsilon };
  const [y, statistics] = (
    shortcut.affine
      ? engine().runKernel<Tensor[]>(
          blockEndKernels.projection,
          { ...inputs, shortcutAffine: shortcut.affine },
          attributes,
        )
      : engine().runKernel<Tensor[]>(blockEndKernels.identity, inputs, attributes)
  ) as [Tensor4D, Tensor2D];
  return { y, statistics };
};
