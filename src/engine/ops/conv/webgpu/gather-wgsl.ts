/** WGSL of the forward convolution and of its input gradient: one register tile per thread. */
import type { GatherOrder, GatherPlan } from './gather-plan.ts';
import { component, lines, typeOf } from './wgsl-lines.ts';

/** The part of a plan that changes the WGSL. */
export type GatherShape = Pick<
  GatherPlan,
  'tile' | 'filterLayout' | 'order' | 'sourceComponents' | 'resultComponents'
>;

/** Names the WGSL of a shape. */
export const gatherKey = (shape: GatherShape): string => {
  const { tile, filterLayout, order, sourceComponents, resultComponents } = shape;
  const size = `${tile.segments}x${tile.columns}x${tile.vectors}`;
  return `convolution-${filterLayout}-${size}-${sourceComponents}-${resultComponents}-${order}`;
};

/** Components of the filter's array: those of its innermost channels. */
export const filterComponents = ({ filterLayout, sourceComponents, resultComponents }: GatherShape): 1 | 4 =>
  filterLayout === 'source-result' ? resultComponents : sourceComponents;

/** Component `part`, a WGSL variable, of a vector of four. */
const pick = (value: string): string =>
  `select(select(${value}.x, ${value}.y, part == 1), select(${value}.z, ${value}.w, part == 3), part >= 2)`;

/** WGSL that defines `w<v>`: the source channel's weights for channel vector v of the result. */
const filterOfChannel = (
  { filterLayout, tile, sourceComponents, resultComponents }: GatherShape,
  /** WGSL index of the channel within its vector. */
  channel: string,
  /** WGSL of that component of a vector. */
  take: (value: string) => string,
): string => {
  if (filterLayout === 'source-result') {
    const row = `((tap * uniforms.sourceVectors + r) * ${sourceComponents} + ${channel})`;
    return `let at = ${row} * uniforms.resultVectors + firstVector;
            ${lines(tile.vectors, (v) => `let w${v} = filterValues[at + ${v}];`)}`;
  }
  return lines(tile.vectors, (v) => {
    const values = Array.from({ length: resultComponents }, (_, i) => take(`row${v * resultComponents + i}`));
    return `let w${v} = Value(${values.join(', ')});`;
  });
};

/** WGSL that defines `row<o>`: the source vector's weights for channel o of the tile, if source channels are innermost. */
const filterRows = ({ filterLayout, tile, resultComponents }: GatherShape): string =>
  filterLayout === 'source-result'
    ? ''
    : `let rowAt = (tap * uniforms.resultVectors + firstVector) * ${resultComponents} * uniforms.sourceVectors + r;
          ${lines(
            tile.vectors * resultComponents,
            (o) => `let row${o} = filterValues[rowAt + ${o} * uniforms.sourceVectors];`,
          )}`;

/** WGSL that adds the products of one tap with one source vector. */
const multiplyTap = (shape: GatherShape): string => {
  const { tile, order, sourceComponents } = shape;
  const channel = (index: string, take: (value: string) => string): string => /* wgsl */ `
            ${filterOfChannel(shape, index, take)}
            ${lines(tile.segments, (g) =>
              lines(
                tile.columns,
                (p) => `let value${g}_${p} = ${take(`s${g}_${p}`)};
            ${lines(tile.vectors, (v) => `sum${g}_${p}_${v} = fma(Value(value${g}_${p}), w${v}, sum${g}_${p}_${v});`)}`,
              ),
            )}`;
  if (order === 'channels-inside' || sourceComponents === 1) {
    return `${filterRows(shape)}
          ${lines(sourceComponents, (j) => `{ ${channel(String(j), (value) => component(value, j, sourceComponents))} }`)}`;
  }
  return /* wgsl */ `${filterRows(shape)}
          var part = 0;
          loop {
            ${channel('part', pick)}
            continuing {
              part++;
              break if part >= ${sourceComponents};
            }
          }`;
};

/**
 * The kernel. Arrays: `source` (x or dy) and `filterValues`; `result` is y or dx. A tap outside the source adds 0, even if the
 * source has infinities. Loops test at their end: to leave a loop that tests at its start, lavapipe runs the body once more,
 * masked.
 */
export const generateGather = (shape: GatherShape): string => {
  const { tile, sourceComponents, resultComponents } = shape;
  const { segments, columns, vectors } = tile;
  const eachPixel = (line: (g: number, p: number) => string): string =>
    lines(segments, (g) => lines(columns, (p) => line(g, p)));
  /** Where the source pixel of a result pixel lies. */
  const place = (g: number, p: number): string => /* wgsl */ `
          let at${g}_${p} = (column${g} + ${p}) * uniforms.sourceStep + shiftColumn;
          let inside${g}_${p} = inRow${g} && u32(at${g}_${p}) < u32(uniforms.sourceColumns);
          let place${g}_${p} = select(0, (start${g} + at${g}_${p}) * uniforms.sourceVectors, inside${g}_${p});`;
  const load = (g: number, p: number): string =>
    `s${g}_${p} = select(Source(0.0), source[place${g}_${p} + r], inside${g}_${p});`;
  const loadOnce = (g: number, p: number): string => `let ${load(g, p)}`;
  const declare = eachPixel((g, p) => `var s${g}_${p} : Source;`);
  /** From firstTap and firstShift, `taps` taps of a row. */
  const row: Record<GatherOrder, string> = {
    'channels-inside': /* wgsl */ `
        var tap = firstTap;
        var tapsLeft = taps;
        var shiftColumn = firstShift;
        loop {
          ${eachPixel(place)}
          var r = 0;
          loop {
            ${eachPixel(loadOnce)}
            ${multiplyTap(shape)}
            continuing {
              r++;
              break if r >= uniforms.sourceVectors;
            }
          }
          continuing {
            shiftColumn += uniforms.sourceStep;
            tap += uniforms.direction * tapStep;
            tapsLeft--;
            break if tapsLeft <= 0;
          }
        }`,
    'taps-inside': /* wgsl */ `
        var r = 0;
        loop {
          var shiftColumn = firstShift;
          ${declare}
          {
            ${eachPixel((g, p) => place(g, p) + load(g, p))}
          }
          var tap = firstTap;
          var tapsLeft = taps;
          loop {
            ${multiplyTap(shape)}
            tapsLeft--;
            if (tapsLeft > 0) {
              shiftColumn += uniforms.sourceStep;
              ${lines(segments, (g) => lines(columns - 1, (p) => `s${g}_${p} = s${g}_${p + 1};`))}
              ${lines(segments, (g) => place(g, columns - 1) + load(g, columns - 1))}
            }
            continuing {
              tap += uniforms.direction * tapStep;
              break if tapsLeft <= 0;
            }
          }
          continuing {
            r++;
            break if r >= uniforms.sourceVectors;
          }
        }`,
  };
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
  let firstSegment = pixelTile * ${segments};
  let classRow = pixelClass / uniforms.classStep;
  let classColumn = pixelClass - classRow * uniforms.classStep;
  let firstTapRow = (classRow + uniforms.padRows) % uniforms.classStep;
  let firstTapColumn = (classColumn + uniforms.padColumns) % uniforms.classStep;
  let rowOfFirstTap = (classRow + uniforms.padRows - firstTapRow) / uniforms.classStep;
  let columnOfFirstTap = (classColumn + uniforms.padColumns - firstTapColumn) / uniforms.classStep;
  let tapStep = uniforms.sourceStep * uniforms.classStep;
  ${lines(
    segments,
    (g) => /* wgsl */ `
  let segment${g} = min(firstSegment + ${g}, uniforms.totalSegments - 1);
  let line${g} = segment${g} / uniforms.segmentsPerRow;
  let column${g} = (segment${g} - line${g} * uniforms.segmentsPerRow) * ${columns};
  let n${g} = line${g} / uniforms.gridRows;
  let gridRow${g} = line${g} - n${g} * uniforms.gridRows;`,
  )}
  ${eachPixel((g, p) => lines(vectors, (v) => `var sum${g}_${p}_${v} = Value(0.0);`))}

  if (firstTapRow < uniforms.kernelRows && firstTapColumn < uniforms.kernelColumns) {
    var tapRow = firstTapRow;
    var shiftRow = -uniforms.direction * rowOfFirstTap;
    loop {
      ${lines(
        segments,
        (g) => /* wgsl */ `
      let y${g} = gridRow${g} * uniforms.sourceStep + shiftRow;
      let inRow${g} = u32(y${g}) < u32(uniforms.sourceRows);
      let start${g} = (n${g} * uniforms.sourceRows + y${g}) * uniforms.sourceColumns;`,
      )}
      var phase = 0;
      loop {
        // Taps in the order of their source pixels.
        let lowestTap = firstTapColumn + phase;
        let taps = (uniforms.kernelColumns - lowestTap + tapStep - 1) / tapStep;
        let forward = uniforms.direction > 0;
        let firstTap = tapRow * uniforms.kernelColumns + select(lowestTap + (taps - 1) * tapStep, lowestTap, forward);
        let firstShift = select(columnOfFirstTap - (taps - 1), phase - uniforms.padColumns, forward);
        ${row[shape.order]}
        continuing {
          phase++;
          break if phase >= uniforms.phases;
        }
      }
      continuing {
        shiftRow += uniforms.direction;
        tapRow += uniforms.classStep;
        break if tapRow >= uniforms.kernelRows;
      }
    }
  }

  ${lines(
    segments,
    (g) => /* wgsl */ `
  if (firstSegment + ${g} < uniforms.totalSegments) {
    let row = gridRow${g} * uniforms.classStep + classRow;
    ${lines(
      columns,
      (p) => /* wgsl */ `
    {
      let column = (column${g} + ${p}) * uniforms.classStep + classColumn;
      if (row < uniforms.resultRows && column < uniforms.resultColumns) {
        let at = ((n${g} * uniforms.resultRows + row) * uniforms.resultColumns + column) * uniforms.resultVectors + firstVector;
        ${lines(vectors, (v) => `result[at + ${v}] = sum${g}_${p}_${v};`)}
      }
    }`,
    )}
  }`,
  )}
}`;
};
