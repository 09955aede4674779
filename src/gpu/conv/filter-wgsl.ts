/** WGSL of the filter gradient: one register tile of one tap a thread, over one chunk of output rows. */
import type { FilterPlan } from './filter-plan.ts';
import { component, lines } from './gather-wgsl.ts';

/** What of a plan changes the WGSL. */
export type FilterShape = Pick<FilterPlan, 'tile' | 'inputComponents' | 'outputComponents'>;

/** Names the WGSL of a shape. */
export const filterKey = ({ tile, inputComponents, outputComponents }: FilterShape): string =>
  `convolution-filter-gradient-${tile.inputVectors}x${tile.outputVectors}-${inputComponents}-${outputComponents}`;

/**
 * The kernel. Arrays: `x` and `dy`; `result` is [chunks, taps, in, out]. The columns that a tap shifts off the image are
 * left out of the loop's bounds, so the loop itself tests nothing.
 */
export const generateFilterGradient = ({ tile, inputComponents, outputComponents }: FilterShape): string => {
  const rowsOfTile = tile.inputVectors * inputComponents;
  const each = (line: (a: number, v: number) => string): string =>
    lines(rowsOfTile, (a) => lines(tile.outputVectors, (v) => line(a, v)));
  const xValue = (a: number): string =>
    component(`s${Math.floor(a / inputComponents)}`, a % inputComponents, inputComponents);
  return /* wgsl */ `
alias Value = ${outputComponents === 4 ? 'vec4<f32>' : 'f32'};

fn main(thread : i32) {
  let outputTile = thread % uniforms.outputTiles;
  let inputIndex = thread / uniforms.outputTiles;
  let inputTile = inputIndex % uniforms.inputTiles;
  let tapIndex = inputIndex / uniforms.inputTiles;
  let tap = tapIndex % uniforms.taps;
  let chunk = tapIndex / uniforms.taps;
  if (chunk >= uniforms.chunks) {
    return;
  }
  let tapRow = tap / uniforms.kernelColumns;
  let shiftRow = tapRow - uniforms.padRows;
  let shiftColumn = tap - tapRow * uniforms.kernelColumns - uniforms.padColumns;
  let firstInput = inputTile * ${tile.inputVectors};
  let firstOutput = outputTile * ${tile.outputVectors};
  let firstColumn = (max(0, -shiftColumn) + uniforms.stride - 1) / uniforms.stride;
  let endColumn = min(uniforms.outputColumns,
    (max(0, uniforms.columns - shiftColumn) + uniforms.stride - 1) / uniforms.stride);
  ${each((a, v) => `var sum${a}_${v} = Value(0.0);`)}

  let endLine = min((chunk + 1) * uniforms.rowsPerChunk, uniforms.totalRows);
  for (var line = chunk * uniforms.rowsPerChunk; line < endLine; line++) {
    let image = line / uniforms.outputRows;
    let row = (line - image * uniforms.outputRows) * uniforms.stride + shiftRow;
    if (row < 0 || row >= uniforms.rows) {
      continue;
    }
    let xStep = uniforms.stride * uniforms.inputVectors;
    var xAt = ((image * uniforms.rows + row) * uniforms.columns + shiftColumn) * uniforms.inputVectors
      + firstColumn * xStep + firstInput;
    var dyAt = (line * uniforms.outputColumns + firstColumn) * uniforms.outputVectors + firstOutput;
    for (var column = firstColumn; column < endColumn; column++) {
      ${lines(tile.inputVectors, (i) => `let s${i} = x[xAt + ${i}];`)}
      ${lines(tile.outputVectors, (v) => `let d${v} = dy[dyAt + ${v}];`)}
      ${each((a, v) => `sum${a}_${v} = fma(Value(${xValue(a)}), d${v}, sum${a}_${v});`)}
      xAt += xStep;
      dyAt += uniforms.outputVectors;
    }
  }

  let at = ((chunk * uniforms.taps + tap) * uniforms.inputVectors + firstInput) * ${inputComponents} * uniforms.outputVectors
    + firstOutput;
  ${each((a, v) => `result[at + ${a} * uniforms.outputVectors + ${v}] = sum${a}_${v};`)}
}`;
};
