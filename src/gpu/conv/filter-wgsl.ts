/** WGSL of the filter gradient: one register tile a thread, over one chunk of output rows. */
import type { FilterPlan } from './filter-plan.ts';
import { component, lines } from './gather-wgsl.ts';

/** What of a plan changes the WGSL. */
export type FilterShape = Pick<FilterPlan, 'tile' | 'inputComponents' | 'outputComponents'>;

/** Names the WGSL of a shape. */
export const filterKey = ({ tile, inputComponents, outputComponents }: FilterShape): string =>
  `convolution-filter-gradient-${tile.taps}x${tile.inputVectors}x${tile.outputVectors}x${tile.columns}-${inputComponents}-${outputComponents}`;

/**
 * The kernel. Arrays: `x` and `dy`; `result` is [chunks, taps, in, out]. The columns that all of a tile's taps shift off
 * the image are left out of the loop's bounds; with one tap and one column a round, the loop itself tests nothing.
 */
export const generateFilterGradient = ({ tile, inputComponents, outputComponents }: FilterShape): string => {
  const rowsOfTile = tile.inputVectors * inputComponents;
  const each = (line: (t: number, a: number, v: number) => string): string =>
    lines(tile.taps, (t) => lines(rowsOfTile, (a) => lines(tile.outputVectors, (v) => line(t, a, v))));
  const xValue = (c: number, t: number, a: number): string =>
    component(`s${c}_${t}_${Math.floor(a / inputComponents)}`, a % inputComponents, inputComponents);
  const alwaysInside = tile.taps === 1 && tile.columns === 1;
  const loadColumn = (c: number): string => /* wgsl */ `
      let column${c} = min(column + ${c}, uniforms.outputColumns - 1);
      let dyAt${c} = (line * uniforms.outputColumns + column${c}) * uniforms.outputVectors + firstOutput;
      ${lines(tile.outputVectors, (v) => `let d${c}_${v} = dy[dyAt${c} + ${v}];`)}
      ${lines(
        tile.taps,
        (t) => /* wgsl */ `
      let xColumn${c}_${t} = column${c} * uniforms.stride + shiftColumn + ${t};
      let inside${c}_${t} = u32(xColumn${c}_${t}) < u32(uniforms.columns) && column + ${c} < uniforms.outputColumns;
      let xAt${c}_${t} = rowStart + select(0, xColumn${c}_${t}, inside${c}_${t}) * uniforms.inputVectors;
      ${lines(tile.inputVectors, (i) => {
        const value = `x[xAt${c}_${t} + ${i}]`;
        return `let s${c}_${t}_${i} = ${alwaysInside ? value : `select(Input(0.0), ${value}, inside${c}_${t})`};`;
      })}`,
      )}`;
  const typeOf = (components: 1 | 4): string => (components === 4 ? 'vec4<f32>' : 'f32');
  return /* wgsl */ `
alias Input = ${typeOf(inputComponents)};
alias Value = ${typeOf(outputComponents)};

fn main(thread : i32) {
  let outputTile = thread % uniforms.outputTiles;
  let inputIndex = thread / uniforms.outputTiles;
  let inputTile = inputIndex % uniforms.inputTiles;
  let tapIndex = inputIndex / uniforms.inputTiles;
  let tapTile = tapIndex % uniforms.tapTiles;
  let chunk = tapIndex / uniforms.tapTiles;
  if (chunk >= uniforms.chunks) {
    return;
  }
  let tap = tapTile * ${tile.taps};
  let tapRow = tap / uniforms.kernelColumns;
  let shiftRow = tapRow - uniforms.padRows;
  let shiftColumn = tap - tapRow * uniforms.kernelColumns - uniforms.padColumns;
  let firstInput = inputTile * ${tile.inputVectors};
  let firstOutput = outputTile * ${tile.outputVectors};
  let firstColumn = (max(0, -shiftColumn - ${tile.taps - 1}) + uniforms.stride - 1) / uniforms.stride;
  let endColumn = min(uniforms.outputColumns,
    (max(0, uniforms.columns - shiftColumn) + uniforms.stride - 1) / uniforms.stride);
  ${each((t, a, v) => `var sum${t}_${a}_${v} = Value(0.0);`)}

  let endLine = min((chunk + 1) * uniforms.rowsPerChunk, uniforms.totalRows);
  for (var line = chunk * uniforms.rowsPerChunk; line < endLine; line++) {
    let image = line / uniforms.outputRows;
    let row = (line - image * uniforms.outputRows) * uniforms.stride + shiftRow;
    if (row < 0 || row >= uniforms.rows) {
      continue;
    }
    let rowStart = (image * uniforms.rows + row) * uniforms.columns * uniforms.inputVectors + firstInput;
    for (var column = firstColumn; column < endColumn; column += ${tile.columns}) {
      ${lines(tile.columns, loadColumn)}
      ${each((t, a, v) =>
        lines(
          tile.columns,
          (c) => `sum${t}_${a}_${v} = fma(Value(${xValue(c, t, a)}), d${c}_${v}, sum${t}_${a}_${v});`,
        ),
      )}
    }
  }

  let at = ((chunk * uniforms.taps + tap) * uniforms.inputVectors + firstInput) * ${inputComponents} * uniforms.outputVectors
    + firstOutput;
  let tapSize = uniforms.inputVectors * ${inputComponents} * uniforms.outputVectors;
  ${each(
    (t, a, v) => `result[at + ${t} * tapSize + ${a} * uniforms.outputVectors + ${v}] = sum${t}_${a}_${v};`,
  )}
}`;
};
