/** The batch of real matrices in a tensor. */
import { ResiduaError } from '#core/errors.ts';
import { checkLength, type ImageShape } from './plan.ts';

const product = (dimensions: readonly number[]): number => dimensions.reduce((a, b) => a * b, 1);

/**
 * The batch of matrices in a tensor of this shape.
 * @param channelsLast whether an axis of channels follows rows and columns
 * @throws ResiduaError `internal` if there are too few axes or a side is not supported.
 */
export const imageShapeOf = (shape: readonly number[], channelsLast: boolean): ImageShape => {
  const rowAxis = shape.length - (channelsLast ? 3 : 2);
  if (rowAxis < 0) {
    throw new ResiduaError(
      'internal',
      `A two-dimensional transform got a tensor of shape [${shape.join(', ')}], expected rows and columns` +
        `${channelsLast ? ' and channels' : ''}.`,
      '',
    );
  }
  const [rows, columns] = [shape[rowAxis], shape[rowAxis + 1]];
  checkLength(rows);
  checkLength(columns);
  return {
    outer: product(shape.slice(0, rowAxis)),
    rows,
    columns,
    inner: channelsLast ? shape[rowAxis + 2] : 1,
  };
};
