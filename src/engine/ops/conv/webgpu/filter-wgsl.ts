/** WGSL of the filter gradient: one register tile per thread, over one chunk of output rows. */
import type { FilterPlan } from './filter-plan.ts';
import { component, lines, typeOf } from './wgsl-lines.ts';

/** The part of a plan that changes the WGSL. */
export type FilterShape = Pick<FilterPlan, 'tile' | 'window' | 'inputComponents' | 'outputComponents'>;

/** Names the WGSL of a shape. */
export const filterKey = ({ tile, window, inputComponents, outputComponents }: FilterShape): string => {
  const size = `${tile.taps}x${tile.inputVectors}x${tile.outputVectors}x${tile.columns}`;
  return `convolution-filter-gradient-${size}-${inputComponents}-${outputComponents}-${window}`;
};

/**
 * WGSL of one iteration of a loop over columns. With a window, pixels of x `x0_<t>_<i>` move through registers; else each tap
 * and column loads its own `x<c>_<t>_<i>`. Both have `d<c>_<v>` of dy.
 */
const loadRound = ({ tile, window }: FilterShape): string => {
  const { taps, inputVectors, outputVectors, columns } = tile;
  const dyOf = (c: number): string => lines(outputVectors, (v) => `let d${c}_${v} = dy[dyAt${c} + ${v}];`);
  if (window) {
    return /* wgsl */ `
      loop {
        ${lines(taps - 1, (t) => lines(inputVectors, (i) => `x0_${t}_${i} = x0_${t + 1}_${i};`))}
        let inside = u32(next) < u32(uniforms.columns);
        let xAt = rowStart + select(0, next, inside) * uniforms.inputVectors;
        ${lines(inputVectors, (i) => `x0_${taps - 1}_${i} = select(Input(0.0), x[xAt + ${i}], inside);`)}
        next++;
        loads--;
        continuing {
          break if loads <= 0;
        }
      }
      loads = min(uniforms.stride, ${taps});
      next += uniforms.stride - loads;
      let dyAt0 = (line * uniforms.outputColumns + column) * uniforms.outputVectors + firstOutput;
      ${dyOf(0)}`;
  }
  const alwaysInside = taps === 1 && columns === 1;
  return lines(
    columns,
    (c) => /* wgsl */ `
      let column${c} = min(column + ${c}, uniforms.outputColumns - 1);
      let dyAt${c} = (line * uniforms.outputColumns + column${c}) * uniforms.outputVectors + firstOutput;
      ${dyOf(c)}
      ${lines(
        taps,
        (t) => /* wgsl */ `
      let xColumn${c}_${t} = column${c} * uniforms.stride + shiftColumn + ${t};
      let inside${c}_${t} = u32(xColumn${c}_${t}) < u32(uniforms.columns) && column + ${c} < uniforms.outputColumns;
      let xAt${c}_${t} = rowStart + select(0, xColumn${c}_${t}, inside${c}_${t}) * uniforms.inputVectors;
      ${lines(inputVectors, (i) => {
        const value = `x[xAt${c}_${t} + ${i}]`;
        return `let x${c}_${t}_${i} = ${alwaysInside ? value : `select(Input(0.0), ${value}, inside${c}_${t})`};`;
      })}`,
      )}`,
  );
};

/**
 * The kernel. Arrays: `x` and `dy`; `result` is [chunks, taps, in, out]. Without a window, the loop's bounds exclude the columns
 * that all taps of a tile shift off the image; with one tap and one column per iteration, the loop needs no test.
 */
export const generateFilterGradient = (shape: FilterShape): string => {
  const { tile, window, inputComponents, outputComponents } = shape;
  const { taps, inputVectors, outputVectors, columns } = tile;
  const each = (line: (t: number, a: number, v: number) => string): string =>
    lines(taps, (t) =>
      lines(inputVectors * inputComponents, (a) => lines(outputVectors, (v) => line(t, a, v))),
    );
  const xValue = (c: number, t: number, a: number): string =>
    component(`x${c}_${t}_${Math.floor(a / inputComponents)}`, a % inputComponents, inputComponents);
  const round = /* wgsl */ `
      ${loadRound(shape)}
      ${each((t, a, v) =>
        lines(
          columns,
          (c) => `sum${t}_${a}_${v} = fma(Value(${xValue(c, t, a)}), d${c}_${v}, sum${t}_${a}_${v});`,
        ),
      )}`;
  const loop = window
    ? /* wgsl */ `
    var next = shiftColumn;
    var loads = ${taps};
    var column = 0;
    // Tests at its end: lavapipe runs a body once more, masked, to leave a loop that tests at its start.
    loop {
      ${round}
      continuing {
        column++;
        break if column >= uniforms.outputColumns;
      }
    }`
    : /* wgsl */ `
    for (var column = firstColumn; column < endColumn; column += ${columns}) {
      ${round}
    }`;
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
  let tap = tapTile * ${taps};
  let tapRow = tap / uniforms.kernelColumns;
  let shiftRow = tapRow - uniforms.padRows;
  let shiftColumn = tap - tapRow * uniforms.kernelColumns - uniforms.padColumns;
  let firstInput = inputTile * ${inputVectors};
  let firstOutput = outputTile * ${outputVectors};
  let firstColumn = (max(0, -shiftColumn - ${taps - 1}) + uniforms.stride - 1) / uniforms.stride;
  let endColumn = min(uniforms.outputColumns,
    (max(0, uniforms.columns - shiftColumn) + uniforms.stride - 1) / uniforms.stride);
  ${each((t, a, v) => `var sum${t}_${a}_${v} = Value(0.0);`)}
  ${window ? lines(taps, (t) => lines(inputVectors, (i) => `var x0_${t}_${i} = Input(0.0);`)) : ''}

  let endLine = min((chunk + 1) * uniforms.rowsPerChunk, uniforms.totalRows);
  for (var line = chunk * uniforms.rowsPerChunk; line < endLine; line++) {
    let image = line / uniforms.outputRows;
    let row = (line - image * uniforms.outputRows) * uniforms.stride + shiftRow;
    if (row < 0 || row >= uniforms.rows) {
      continue;
    }
    let rowStart = (image * uniforms.rows + row) * uniforms.columns * uniforms.inputVectors + firstInput;
    ${loop}
  }

  let at = ((chunk * uniforms.taps + tap) * uniforms.inputVectors + firstInput) * ${inputComponents} * uniforms.outputVectors
    + firstOutput;
  let tapSize = uniforms.inputVectors * ${inputComponents} * uniforms.outputVectors;
  ${each(
    (t, a, v) => `result[at + ${t} * tapSize + ${a} * uniforms.outputVectors + ${v}] = sum${t}_${a}_${v};`,
  )}
}`;
};
