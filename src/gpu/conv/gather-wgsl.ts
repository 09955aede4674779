/** WGSL of the forward convolution and of its input gradient: one register tile a thread. */
import type { GatherPlan } from './gather-plan.ts';

/** What of a plan changes the WGSL. */
export type GatherShape = Pick<GatherPlan, 'direction' | 'tile' | 'sourceComponents' | 'resultComponents'>;

/** Names the WGSL of a shape. */
export const gatherKey = ({ direction, tile, sourceComponents, resultComponents }: GatherShape): string =>
  `convolution-${direction}-${tile.pixels}x${tile.vectors}-${sourceComponents}-${resultComponents}`;

/** One line a number from 0 to count - 1. */
export const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

/** Component `index` of a value of `components`. */
export const component = (value: string, index: number, components: number): string =>
  components === 1 ? value : `${value}.${'xyzw'[index]}`;

/** Components of the filter's array: its last dimension is the output channels. */
export const filterComponents = ({ direction, sourceComponents, resultComponents }: GatherShape): 1 | 4 =>
  direction === 'forward' ? resultComponents : sourceComponents;

/** Loads filter[tap][in][out] so that `w<j>_<v>` holds what source channel j gives to channel vector v of the result. */
const loadFilter = ({ direction, tile, sourceComponents, resultComponents }: GatherShape): string => {
  if (direction === 'forward') {
    return lines(sourceComponents, (j) => {
      const row = `(tap * uniforms.sourceVectors + r) * ${sourceComponents} + ${j}`;
      return `let at${j} = (${row}) * uniforms.resultVectors + firstVector;
        ${lines(tile.vectors, (v) => `let w${j}_${v} = filterValues[at${j} + ${v}];`)}`;
    });
  }
  const first = '(tap * uniforms.resultVectors + firstVector)';
  return `let at = ${first} * ${resultComponents} * uniforms.sourceVectors + r;
    ${lines(
      tile.vectors * resultComponents,
      (o) => `let row${o} = filterValues[at + ${o} * uniforms.sourceVectors];`,
    )}
    ${lines(sourceComponents, (j) =>
      lines(tile.vectors, (v) => {
        const values = Array.from({ length: resultComponents }, (_, i) =>
          component(`row${v * resultComponents + i}`, j, sourceComponents),
        );
        return `let w${j}_${v} = Value(${values.join(', ')});`;
      }),
    )}`;
};

/** For each pixel of the tile: `n<p>` its image, `row<p>`, `column<p>` its place in the result, `y<p>`, `x<p>` in the source for the first tap. */
const placePixels = (forward: boolean, pixels: number): string =>
  lines(
    pixels,
    (p) => /* wgsl */ `
    let pixel${p} = min(firstPixel + ${p}, uniforms.gridPixels - 1);
    let line${p} = pixel${p} / uniforms.gridColumns;
    let n${p} = line${p} / uniforms.gridRows;
    let gridRow${p} = line${p} - n${p} * uniforms.gridRows;
    let gridColumn${p} = pixel${p} - line${p} * uniforms.gridColumns;
    ${
      forward
        ? `let y${p} = gridRow${p} * uniforms.stride - uniforms.padRows;
    let x${p} = gridColumn${p} * uniforms.stride - uniforms.padColumns;`
        : `let y${p} = gridRow${p} + (classRow + uniforms.padRows - firstTapRow) / uniforms.stride;
    let x${p} = gridColumn${p} + (classColumn + uniforms.padColumns - firstTapColumn) / uniforms.stride;`
    }`,
  );

/**
 * The kernel. Arrays: `source` (x or dy) and `filterValues`; `result` is y or dx. A tap outside the source adds 0, even
 * where the source holds infinities.
 */
export const generateGather = (shape: GatherShape): string => {
  const { direction, tile, sourceComponents, resultComponents } = shape;
  const { pixels, vectors } = tile;
  const forward = direction === 'forward';
  const each = (line: (p: number, v: number) => string): string =>
    lines(pixels, (p) => lines(vectors, (v) => line(p, v)));
  const typeOf = (components: 1 | 4): string => (components === 4 ? 'vec4<f32>' : 'f32');
  return /* wgsl */ `
alias Value = ${typeOf(resultComponents)};
alias Source = ${typeOf(sourceComponents)};

fn main(thread : i32) {
  let channelTile = thread % uniforms.channelTiles;
  let tileIndex = thread / uniforms.channelTiles;
  let pixelTile = tileIndex % uniforms.pixelTiles;
  let pixelClass = tileIndex / uniforms.pixelTiles;
  if (pixelClass >= uniforms.classes) {
    return;
  }
  let firstVector = channelTile * ${vectors};
  let firstPixel = pixelTile * ${pixels};
  ${
    forward
      ? `let firstTapRow = 0;
  let firstTapColumn = 0;
  let tapStep = 1;`
      : `let classRow = pixelClass / uniforms.stride;
  let classColumn = pixelClass % uniforms.stride;
  let firstTapRow = (classRow + uniforms.padRows) % uniforms.stride;
  let firstTapColumn = (classColumn + uniforms.padColumns) % uniforms.stride;
  let tapStep = uniforms.stride;`
  }
  ${placePixels(forward, pixels)}
  ${each((p, v) => `var sum${p}_${v} = Value(0.0);`)}

  var shiftRow = 0;
  for (var tapRow = firstTapRow; tapRow < uniforms.kernelRows; tapRow += tapStep) {
    var shiftColumn = 0;
    for (var tapColumn = firstTapColumn; tapColumn < uniforms.kernelColumns; tapColumn += tapStep) {
      let tap = tapRow * uniforms.kernelColumns + tapColumn;
      ${lines(
        pixels,
        (p) => /* wgsl */ `
      let sourceRow${p} = y${p} + shiftRow;
      let sourceColumn${p} = x${p} + shiftColumn;
      let inside${p} = u32(sourceRow${p}) < u32(uniforms.sourceRows) && u32(sourceColumn${p}) < u32(uniforms.sourceColumns);
      let start${p} = select(0, ((n${p} * uniforms.sourceRows + sourceRow${p}) * uniforms.sourceColumns + sourceColumn${p})
        * uniforms.sourceVectors, inside${p});`,
      )}
      for (var r = 0; r < uniforms.sourceVectors; r++) {
        ${loadFilter(shape)}
        ${lines(
          pixels,
          (p) => `let s${p} = select(Source(0.0), source[start${p} + r], inside${p});
        ${lines(vectors, (v) =>
          lines(
            sourceComponents,
            (j) =>
              `sum${p}_${v} = fma(Value(${component(`s${p}`, j, sourceComponents)}), w${j}_${v}, sum${p}_${v});`,
          ),
        )}`,
        )}
      }
      shiftColumn += ${forward ? 1 : -1};
    }
    shiftRow += ${forward ? 1 : -1};
  }

  ${lines(pixels, (p) => {
    const row = forward ? `gridRow${p}` : `gridRow${p} * uniforms.stride + classRow`;
    const column = forward ? `gridColumn${p}` : `gridColumn${p} * uniforms.stride + classColumn`;
    return /* wgsl */ `
  {
    let row = ${row};
    let column = ${column};
    if (firstPixel + ${p} < uniforms.gridPixels && row < uniforms.resultRows && column < uniforms.resultColumns) {
      let at = ((n${p} * uniforms.resultRows + row) * uniforms.resultColumns + column) * uniforms.resultVectors + firstVector;
      ${lines(vectors, (v) => `result[at + ${v}] = sum${p}_${v};`)}
    }
  }`;
  })}
}`;
};
