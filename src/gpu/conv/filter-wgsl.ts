/** WGSL of the filter gradient: one register tile a thread, over one chunk of output rows. */
import type { FilterPlan } from './filter-plan.ts';
import { component, lines, typeOf } from './wgsl-lines.ts';

/** What of a plan changes the WGSL. */
export type FilterShape = Pick<FilterPlan, 'tile' | 'inputComponents' | 'outputComponents'>;

/** Names the WGSL of a shape. */
export const filterKey = ({ tile, inputComponents, outputComponents }: FilterShape): string =>
  `convolution-filter-gradient-${tile.taps}x${tile.inputVectors}x${tile.outputVectors}-${inputComponents}-${outputComponents}`;

/**
 * The kernel. Arrays: `x` and `dy`; `result` is [chunks, taps, in, out]. `x<t>_<i>` is the pixel of x that tap t of the tile
 * sees from the current column; from column to column the tile's window over x moves by the stride.
 */
export const generateFilterGradient = ({ tile, inputComponents, outputComponents }: FilterShape): string => {
  const { taps, inputVectors, outputVectors } = tile;
  const rowsOfTile = inputVectors * inputComponents;
  const each = (line: (t: number, a: number, v: number) => string): string =>
    lines(taps, (t) => lines(rowsOfTile, (a) => lines(outputVectors, (v) => line(t, a, v))));
  const xValue = (t: number, a: number): string =>
    component(`x${t}_${Math.floor(a / inputComponents)}`, a % inputComponents, inputComponents);
  const loadNext = /* wgsl */ `
        let inside = u32(next) < u32(uniforms.columns);
        let xAt = select(0, (rowStart + next) * uniforms.inputVectors + firstInput, inside);
        ${lines(inputVectors, (i) => `x${taps - 1}_${i} = select(Input(0.0), x[xAt + ${i}], inside);`)}`;
  // One tap needs no window: without the loop, a GPU loads the next columns while it multiplies these.
  const moveWindow =
    taps === 1
      ? `{
        ${loadNext}
      }
      next += uniforms.stride;`
      : /* wgsl */ `loop {
        ${lines(taps - 1, (t) => lines(inputVectors, (i) => `x${t}_${i} = x${t + 1}_${i};`))}
        ${loadNext}
        next++;
        loads--;
        continuing {
          break if loads <= 0;
        }
      }
      loads = min(uniforms.stride, ${taps});
      next += uniforms.stride - loads;`;
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
  ${lines(taps, (t) => lines(inputVectors, (i) => `var x${t}_${i} = Input(0.0);`))}

  let endLine = min((chunk + 1) * uniforms.rowsPerChunk, uniforms.totalRows);
  for (var line = chunk * uniforms.rowsPerChunk; line < endLine; line++) {
    let image = line / uniforms.outputRows;
    let row = (line - image * uniforms.outputRows) * uniforms.stride + shiftRow;
    if (row < 0 || row >= uniforms.rows) {
      continue;
    }
    let rowStart = (image * uniforms.rows + row) * uniforms.columns;
    var next = shiftColumn;
    var loads = ${taps};
    var dyAt = line * uniforms.outputColumns * uniforms.outputVectors + firstOutput;
    let endDy = dyAt + uniforms.outputColumns * uniforms.outputVectors;
    // Tests at its end: lavapipe runs a body once more, masked, to leave a loop that tests at its start.
    loop {
      ${moveWindow}
      ${lines(outputVectors, (v) => `let d${v} = dy[dyAt + ${v}];`)}
      ${each((t, a, v) => `sum${t}_${a}_${v} = fma(Value(${xValue(t, a)}), d${v}, sum${t}_${a}_${v});`)}
      continuing {
        dyAt += uniforms.outputVectors;
        break if dyAt >= endDy;
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
