/** WGSL of the filter gradient: one register tile a thread, over one chunk of output rows. */
import type { FilterPlan } from './filter-plan.ts';
import { component, lines, typeOf } from './wgsl-lines.ts';

/** What of a plan changes the WGSL. */
export type FilterShape = Pick<FilterPlan, 'tile' | 'window' | 'inputComponents' | 'outputComponents'>;

/** Names the WGSL of a shape. */
export const filterKey = ({ tile, window, inputComponents, outputComponents }: FilterShape): string => {
  const size = `${tile.taps}x${tile.inputVectors}x${tile.outputVectors}x${tile.columns}`;
  return `convolution-filter-gradient-${size}-${inputComponents}-${outputComponents}-${window}`;
};

/**
 * The kernel. Arrays: `x` and `dy`; `result` is [chunks, taps, in, out]. `x<c>_<t>_<i>` is the pixel of x that tap t of the
 * tile sees from column c of a round.
 */
export const generateFilterGradient = (shape: FilterShape): string => {
  const { tile, window, inputComponents, outputComponents } = shape;
  const { taps, inputVectors, outputVectors, columns } = tile;
  const rowsOfTile = inputVectors * inputComponents;
  const each = (line: (t: number, a: number, v: number) => string): string =>
    lines(taps, (t) => lines(rowsOfTile, (a) => lines(outputVectors, (v) => line(t, a, v))));
  const eachX = (line: (t: number, i: number) => string): string =>
    lines(taps, (t) => lines(inputVectors, (i) => line(t, i)));
  const xValue = (c: number, t: number, a: number): string =>
    component(`x${c}_${t}_${Math.floor(a / inputComponents)}`, a % inputComponents, inputComponents);
  /** Loads the pixel of x in WGSL's column `column` with what `store` makes of vector i. */
  const loadPixel = (column: string, store: (i: number, value: string) => string): string => /* wgsl */ `
        let xColumn = ${column};
        let inside = u32(xColumn) < u32(uniforms.columns);
        let xAt = select(0, (rowStart + xColumn) * uniforms.inputVectors + firstInput, inside);
        ${lines(inputVectors, (i) => store(i, `select(Input(0.0), x[xAt + ${i}], inside)`))}`;
  const moveWindow = /* wgsl */ `
      loop {
        ${lines(taps - 1, (t) => lines(inputVectors, (i) => `x0_${t}_${i} = x0_${t + 1}_${i};`))}
        ${loadPixel('next', (i, value) => `x0_${taps - 1}_${i} = ${value};`)}
        next++;
        loads--;
        continuing {
          break if loads <= 0;
        }
      }
      loads = min(uniforms.stride, ${taps});
      next += uniforms.stride - loads;`;
  const loadTaps = (c: number): string =>
    lines(taps, (t) => {
      const column = `min(column + ${c}, uniforms.outputColumns - 1) * uniforms.stride + shiftColumn + ${t}`;
      return `{ ${loadPixel(column, (i, value) => `x${c}_${t}_${i} = ${value};`)} }`;
    });
  const loadX = (c: number): string =>
    window ? moveWindow : `${eachX((t, i) => `var x${c}_${t}_${i} : Input;`)}${loadTaps(c)}`;
  /** The last round may reach past the row: then dy is 0. */
  const loadDy = (c: number): string => /* wgsl */ `
      let dyAt${c} = (line * uniforms.outputColumns + min(column + ${c}, uniforms.outputColumns - 1)) * uniforms.outputVectors
        + firstOutput;
      ${lines(outputVectors, (v) => {
        const value = `dy[dyAt${c} + ${v}]`;
        const inside = `column + ${c} < uniforms.outputColumns`;
        return `let d${c}_${v} = ${c === 0 ? value : `select(Value(0.0), ${value}, ${inside})`};`;
      })}`;
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
  ${each((t, a, v) => `var sum${t}_${a}_${v} = Value(0.0);`)}
  ${window ? eachX((t, i) => `var x0_${t}_${i} = Input(0.0);`) : ''}

  let endLine = min((chunk + 1) * uniforms.rowsPerChunk, uniforms.totalRows);
  for (var line = chunk * uniforms.rowsPerChunk; line < endLine; line++) {
    let image = line / uniforms.outputRows;
    let row = (line - image * uniforms.outputRows) * uniforms.stride + shiftRow;
    if (row < 0 || row >= uniforms.rows) {
      continue;
    }
    let rowStart = (image * uniforms.rows + row) * uniforms.columns;
    ${window ? `var next = shiftColumn;\n    var loads = ${taps};` : ''}
    var column = 0;
    // Tests at its end: lavapipe runs a body once more, masked, to leave a loop that tests at its start.
    loop {
      ${lines(columns, (c) => loadX(c) + loadDy(c))}
      ${each((t, a, v) =>
        lines(
          columns,
          (c) => `sum${t}_${a}_${v} = fma(Value(${xValue(c, t, a)}), d${c}_${v}, sum${t}_${a}_${v});`,
        ),
      )}
      continuing {
        column += ${columns};
        break if column >= uniforms.outputColumns;
      }
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
