/** Test cases for the end of a residual block, of any shape. */
import { type BlockEndCase, referenceMoments } from './batch-norm-reference.ts';
import { hashValues } from './hash-values.ts';

/** [N, H, W, C] */
export type Shape = [number, number, number, number];

/** A case, and its shapes. */
export interface ShapedBlockEnd {
  readonly given: BlockEndCase;
  readonly shape: Shape;
  readonly shortcutShape: Shape;
  /** Of the kernels' epsilon. */
  readonly epsilon: number;
}

const affineOf = (channels: number, seed: number): Float32Array =>
  Float32Array.of(...hashValues(channels, seed, 0.5, 1.5), ...hashValues(channels, seed + 1, -0.5, 0.5));

/**
 * Creates a case whose values are exact in float32.
 * @param shortcutShape shape of the shortcut, which determines the branch's
 */
export const makeBlockEnd = (
  shortcutShape: Shape,
  { enlarge, projection }: { readonly enlarge: boolean; readonly projection: boolean },
): ShapedBlockEnd => {
  const [batch, height, width, channels] = shortcutShape;
  const scale = enlarge ? 2 : 1;
  const shape: Shape = [batch, scale * height, scale * width, channels];
  const epsilon = 1e-5;
  const rowsOf = ([images, rows, columns]: Shape): number => images * rows * columns;
  const norm = (of: Shape, seed: number) => ({
    rows: rowsOf(of),
    channels,
    x: hashValues(rowsOf(of) * channels, seed),
    affine: affineOf(channels, seed + 1),
    epsilon,
    relu: false,
  });
  const side = norm(shortcutShape, 11);
  return {
    given: {
      branch: norm(shape, 1),
      shortcut: projection ? side : side.x,
      columns: enlarge ? width : undefined,
    },
    shape,
    shortcutShape,
    epsilon,
  };
};

const unit = 2 ** -24;

/**
 * Allowed error of y: as for one batch norm, whose joins (at most some tens in a row) and arithmetic add some tens of units of
 * a value of at most 4, and whose x - mean carries |mean| / deviation units; twice, for both parts of the sum.
 */
export const blockEndTolerance = ({ branch, shortcut }: BlockEndCase): number => {
  const norms = 'affine' in shortcut ? [branch, shortcut] : [branch];
  const ratios = norms.map((norm) => {
    const moments = referenceMoments(norm);
    const { channels, epsilon } = norm;
    return Array.from(
      { length: channels },
      (_, channel) => Math.abs(moments[channel]!) / Math.sqrt(moments[channels + channel]! + epsilon),
    ).reduce((most, ratio) => Math.max(most, ratio), 0);
  });
  return 2 * unit * (64 + 4 * Math.max(...ratios));
};
