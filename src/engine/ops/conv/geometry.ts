/** The sizes of a convolution, checked once, before any plan or kernel. */

/**
 * Sizes of one convolution. In all three directions, `rows` and `columns` are those of its input, `outputRows` and
 * `outputColumns` those of its output.
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
  /** Zeros before the first row. */
  readonly padRows: number;
  /** Zeros before the first column. */
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
 * @throws RangeError if a size is not a positive whole number, the filter's sizes are not odd, its input channels are
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

/**
 * Nearest x2 enlargement followed by a 3x3 convolution with padding 1 is the input gradient of this convolution, whose
 * filter has 4x4 taps, stride 2 and padding 1, and which goes the other way: from the large image [N, 2H, 2W, out] to
 * the small one [N, H, W, in].
 * @param input [N, H, W, in], the small image
 * @param filter [3, 3, in, out]
 * @throws RangeError if the filter is not 3x3, or as `convolutionGeometry`
 */
export const upsampleConvolutionGeometry = (
  input: readonly number[],
  filter: readonly number[],
): ConvolutionGeometry => {
  const { batch, rows, columns, inputChannels, outputChannels, kernelRows, kernelColumns } =
    convolutionGeometry(input, filter, 1);
  if (kernelRows !== 3 || kernelColumns !== 3) {
    throw new RangeError(
      `A convolution after an enlargement got a filter of ${kernelRows}x${kernelColumns}, expected 3x3.`,
    );
  }
  return {
    batch,
    rows: 2 * rows,
    columns: 2 * columns,
    inputChannels: outputChannels,
    outputRows: rows,
    outputColumns: columns,
    outputChannels: inputChannels,
    kernelRows: 4,
    kernelColumns: 4,
    stride: 2,
    padRows: 1,
    padColumns: 1,
  };
};
