/** Computes the convolution and its gradients from their definition in float64, for tests. */
import type { ConvolutionGeometry } from './geometry.ts';

type Values = ArrayLike<number>;

/** Visits every product by its indices in x, in the filter and in y. */
const visit = (geometry: ConvolutionGeometry, see: (x: number, filter: number, y: number) => void): void => {
  const { batch, rows, columns, inputChannels, outputRows, outputColumns, outputChannels } = geometry;
  const { kernelRows, kernelColumns, stride, padRows, padColumns } = geometry;
  for (let image = 0; image < batch; image++) {
    for (let outputRow = 0; outputRow < outputRows; outputRow++) {
      for (let outputColumn = 0; outputColumn < outputColumns; outputColumn++) {
        const y = ((image * outputRows + outputRow) * outputColumns + outputColumn) * outputChannels;
        for (let tapRow = 0; tapRow < kernelRows; tapRow++) {
          const row = outputRow * stride + tapRow - padRows;
          if (row < 0 || row >= rows) continue;
          for (let tapColumn = 0; tapColumn < kernelColumns; tapColumn++) {
            const column = outputColumn * stride + tapColumn - padColumns;
            if (column < 0 || column >= columns) continue;
            const x = ((image * rows + row) * columns + column) * inputChannels;
            const filter = (tapRow * kernelColumns + tapColumn) * inputChannels * outputChannels;
            for (let input = 0; input < inputChannels; input++) {
              for (let output = 0; output < outputChannels; output++) {
                see(x + input, filter + input * outputChannels + output, y + output);
              }
            }
          }
        }
      }
    }
  }
};

/** Numbers of values. */
export const sizesOf = (geometry: ConvolutionGeometry): { x: number; filter: number; y: number } => ({
  x: geometry.batch * geometry.rows * geometry.columns * geometry.inputChannels,
  filter: geometry.kernelRows * geometry.kernelColumns * geometry.inputChannels * geometry.outputChannels,
  y: geometry.batch * geometry.outputRows * geometry.outputColumns * geometry.outputChannels,
});

/** Returns y, dx and d filter for a given dy. */
export const referenceConvolution = (
  geometry: ConvolutionGeometry,
  { x, filter, dy }: { readonly x: Values; readonly filter: Values; readonly dy: Values },
): { y: Float64Array; dx: Float64Array; dFilter: Float64Array } => {
  const sizes = sizesOf(geometry);
  const y = new Float64Array(sizes.y);
  const dx = new Float64Array(sizes.x);
  const dFilter = new Float64Array(sizes.filter);
  visit(geometry, (xAt, filterAt, yAt) => {
    y[yAt]! += x[xAt]! * filter[filterAt]!;
    dx[xAt]! += dy[yAt]! * filter[filterAt]!;
    dFilter[filterAt]! += x[xAt]! * dy[yAt]!;
  });
  return { y, dx, dFilter };
};
