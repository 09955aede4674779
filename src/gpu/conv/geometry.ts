/** The sizes of a convolution, checked once, before any plan or kernel sees them. */

/**
 * Sizes of one convolution. `rows` and `columns` are those of its input, `outputRows` and `outputColumns` of its
 * output, whichever of the three directions is computed.
 */
export interface ConvolutionGeometry {
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly inputChannels: number;
  readonly outputRows: number;
  readonly outputColumns: number;
  readonly outputChannels: number;
  readonly kernelRows: number;
  readonly kernelColumns: number;
  readonly stride: number;
  /** Zeros before the first row: (kernelRows - 1) / 2. */
  readonly padRows: number;
  /** Zeros before the first column: (kernelColumns - 1) / 2. */
  readonly padColumns: number;
}

const positive = (name: string, value: number): void => {
  if (!Number.isInteger(value) || value < 1) {
    throw new RangeError(`A convolution got ${name} = ${value}, expected a positive whole number.`);
  }
};

/**
 * The geometry of a convolution with padding (size - 1) / 2 on every side, as PyTorch's `padding=1` for 3x3 and
 * `padding=0` for 1x1: the output has ceil(rows / stride) x ceil(columns / stride) pixels.
 * @param input [N, H, W, in]
 * @param filter [rows, columns, in, out], both sizes odd
 * @throws RangeError where a size is not a positive whole number, the filter's sizes are not odd, its input channels are
 *   not those of the input, or a rank is not 4
 */
export const convolutionGeometry = (
  input: readonly number[],
  filter: readonly number[],
  stride: number,
): ConvolutionGeometry => {
  for (const [name, shape] of [
    ['an input', input],
    ['a filter', filter],
  ] as const) {
    if (shape.length !== 4) {
      throw new RangeError(`A convolution got ${name} of shape [${shape}], expected four dimensions.`);
    }
  }
  const [batch, rows, columns, inputChannels] = input as [number, number, number, number];
  const [kernelRows, kernelColumns, filterChannels, outputChannels] = filter as [
    number,
    number,
    number,
    number,
  ];
  for (const [name, value] of Object.entries({
    batch,
    rows,
    columns,
    inputChannels,
    outputChannels,
    stride,
  })) {
    positive(name, value);
  }
  if (kernelRows % 2 !== 1 || kernelColumns % 2 !== 1) {
    throw new RangeError(`A convolution got a filter of ${kernelRows}x${kernelColumns}, expected odd sizes.`);
  }
  if (filterChannels !== inputChannels) {
    throw new RangeError(
      `A convolution got a filter for ${filterChannels} channels, expected ${inputChannels} as in its input.`,
    );
  }
  return {
    batch,
    rows,
    columns,
    inputChannels,
    outputRows: Math.ceil(rows / stride),
    outputColumns: Math.ceil(columns / stride),
    outputChannels,
    kernelRows,
    kernelColumns,
    stride,
    padRows: (kernelRows - 1) / 2,
    padColumns: (kernelColumns - 1) / 2,
  };
};
