/**
 * WGSL of batch norm with batch statistics, alone or as the end of a residual block: y = relu(norm(x) +
 * shortcut). A program reduces rows, or the parts to which an earlier program has reduced them. It writes
 * values, or parts for the next program.
 */
import { type LaneStruct, type LanesVariant, lanePlace, laneStruct, valueAlias } from './lanes-wgsl.ts';
import { blockRows } from './normalization-plan.ts';

/** The kind of shortcut added to the normalized x: none, a tensor, or a tensor that is normalized too. */
export type Shortcut = 'none' | 'identity' | 'projection';

/** The values that the code depends on. */
export interface NormalizationVariant extends LanesVariant {
  readonly shortcut: Shortcut;
  /**
   * Whether the shortcut is enlarged by 2, nearest neighbor: a row is then one pixel of the shortcut, and
   * four pixels of x.
   */
  readonly enlarge: boolean;
  /** Whether ReLU is applied to the result. */
  readonly relu: boolean;
}

/** A program's two halves: its source, and its result. */
export interface Pass {
  readonly from: 'rows' | 'parts';
  readonly to: 'values' | 'part';
}

/** The key of a variant's code. */
export const variantKey = (
  { components, threads, shortcut, enlarge, relu }: NormalizationVariant,
  { from, to }: Pass,
): string =>
  [from, to, shortcut, enlarge ? 'enlarge' : 'plain', relu ? 'relu' : 'linear', components, threads].join(
    '-',
  );

/** Offsets of the four pixels of a row from its first pixel, in pixels. */
const corners = ['0', '1', '2 * uniforms.columns', '2 * uniforms.columns + 1'];

/** Statements for each value of x that a row represents; `at` is the value's place, `corner` its number. */
export const eachValue = (enlarge: boolean, text: (at: string, corner: number) => string): string =>
  enlarge
    ? corners
        .map((offset, corner) => text(`(corner + ${offset}) * uniforms.channelVectors + channel`, corner))
        .join('\n')
    : text('at', 0);

/** Declares the places of a row's values: `at` in the shortcut, and `corner`, the row's first pixel in x. */
export const rowPlace = (enlarge: boolean): string => /* wgsl */ `
          let at = row * uniforms.channelVectors + channel;
          ${enlarge ? 'let corner = 2 * (row + row / uniforms.columns * uniforms.columns);' : ''}`;

/** Chan, Golub and LeVeque: joins two samples given by count, mean and sum of squared deviations. */
const moments: LaneStruct = {
  name: 'Moments',
  fields: { count: 'f32', mean: 'Value', spread: 'Value' },
  join: /* wgsl */ `
      let count = a.count + b.count;
      let share = select(0.0, b.count / count, count > 0.0);
      let delta = b.mean - a.mean;
      return Moments(count, a.mean + delta * share, a.spread + b.spread + delta * delta * (a.count * share));`,
};

/**
 * The moments of a thread's rows. The thread computes the moments of a block of rows in two passes, the
 * second from the cache, and joins the blocks. So a mean far above the deviation costs no digits.
 */
const momentsOfRows = (array: string): string => /* wgsl */ `
        for (var row = start + lane; row < end; row += ${blockRows} * uniforms.lanes) {
          let blockEnd = min(row + ${blockRows} * uniforms.lanes, end);
          var count = 0.0;
          var sum = Value(0.0);
          for (var each = row; each < blockEnd; each += uniforms.lanes) {
            sum += ${array}[each * uniforms.channelVectors + channel];
            count += 1.0;
          }
          let mean = sum / count;
          var spread = Value(0.0);
          for (var each = row; each < blockEnd; each += uniforms.lanes) {
            let deviation = ${array}[each * uniforms.channelVectors + channel] - mean;
            spread += deviation * deviation;
          }
          sample = joined(sample, Moments(count, mean, spread));
        }`;

/** Like `momentsOfRows`, with the four pixels of a row as a block. */
const momentsOfCorners = /* wgsl */ `
        for (var row = start + lane; row < end; row += uniforms.lanes) {
          ${rowPlace(true)}
          ${eachValue(true, (at, corner) => `let value${corner} = x[${at}];`)}
          let mean = ((value0 + value1) + (value2 + value3)) * 0.25;
          ${eachValue(true, (_, corner) => `let deviation${corner} = value${corner} - mean;`)}
          sample = joined(sample, Moments(4.0, mean,
            (deviation0 * deviation0 + deviation1 * deviation1) + (deviation2 * deviation2 + deviation3 * deviation3)));
        }`;

/** The moments of parts. A part has a mean and a sum of squared deviations for each batch norm. */
const momentsOfParts = (first: number, rowsOfPart: number, valuesPerRow: number): string => /* wgsl */ `
        for (var part = lane; part < uniforms.parts; part += uniforms.lanes) {
          let rows = min(uniforms.rowsPerPart, uniforms.rows - part * uniforms.rowsPerPart);
          let first = (part * ${rowsOfPart} + ${first}) * uniforms.channelVectors + channel;
          sample = joined(sample, Moments(f32(rows * ${valuesPerRow}), partial[first], partial[first + uniforms.channelVectors]));
        }`;

const positivePart = (value: string, relu: boolean): string =>
  // A comparison, not max: max may turn NaN into 0 and hide a run that has diverged.
  relu ? `select(${value}, Value(0.0), ${value} < Value(0.0))` : value;

/**
 * Number of rows of the output `statistics`: mean and variance of each batch norm; with a shortcut, also the
 * weights.
 */
export const statisticsRows = (shortcut: Shortcut): number =>
  ({ none: 2, identity: 3, projection: 6 })[shortcut];

/**
 * A forward program. Bindings: `x`; `affine` [2, channels]; with a shortcut `s`; for a projection
 * `shortcutAffine`; `partial` [parts, 2 or 4, channels] if it reads parts. Result: y, or parts [groups, 2 or
 * 4, channels]; with y also `statistics`.
 */
export const generateNormalization = (variant: NormalizationVariant, { from, to }: Pass): string => {
  const { components, shortcut, enlarge, relu } = variant;
  const isProjection = shortcut === 'projection';
  const rowsOfPart = isProjection ? 4 : 2;
  const sampleOf = (name: string, rows: string, parts: string): string => /* wgsl */ `
      sample = Moments(0.0, Value(0.0), Value(0.0));
      if (inside) {
        ${from === 'rows' ? rows : parts}
      }
      let ${name} = joinedLanes(sample, slot);`;
  const writePart = (name: string, first: number): string => /* wgsl */ `
        result[(group * ${rowsOfPart} + ${first}) * uniforms.channelVectors + channel] = ${name}.mean;
        result[(group * ${rowsOfPart} + ${first + 1}) * uniforms.channelVectors + channel] = ${name}.spread;`;
  const statistics = [
    'main.mean',
    'main.spread / main.count',
    ...(isProjection ? ['side.mean', 'side.spread / side.count'] : []),
    ...(shortcut === 'none' ? [] : ['affine[channel]']),
    ...(isProjection ? ['shortcutAffine[channel]'] : []),
  ];
  const added = { none: '', identity: 's[at]', projection: 'sideValue' }[shortcut];
  const values = /* wgsl */ `
      if (inside) {
        if (group == 0 && lane == 0) {
          ${statistics.map((value, row) => `statistics[${row} * uniforms.channelVectors + channel] = ${value};`).join('\n')}
        }
        let weight = affine[channel];
        let bias = affine[uniforms.channelVectors + channel];
        let inverse = 1.0 / sqrt(main.spread / main.count + uniforms.epsilon);
        ${
          isProjection
            ? /* wgsl */ `
        let sideWeight = shortcutAffine[channel];
        let sideBias = shortcutAffine[uniforms.channelVectors + channel];
        let sideInverse = 1.0 / sqrt(side.spread / side.count + uniforms.epsilon);`
            : ''
        }
        for (var row = start + lane; row < end; row += uniforms.lanes) {
          ${rowPlace(enlarge)}
          ${isProjection ? 'let sideValue = (s[at] - side.mean) * sideInverse * sideWeight + sideBias;' : ''}
          ${eachValue(
            enlarge,
            (at, corner) => /* wgsl */ `
          let y${corner} = (x[${at}] - main.mean) * inverse * weight + bias${added ? ` + ${added}` : ''};
          result[${at}] = ${positivePart(`y${corner}`, relu)};`,
          )}
        }
      }`;
  const part = /* wgsl */ `
      if (inside && lane == 0) {
        ${writePart('main', 0)}
        ${isProjection ? writePart('side', 2) : ''}
      }`;
  return /* wgsl */ `
    ${valueAlias(components)}
    ${laneStruct(variant, moments)}
    fn main(thread : i32) {
      ${lanePlace(variant)}
      var sample : Moments;
      ${sampleOf('main', enlarge ? momentsOfCorners : momentsOfRows('x'), momentsOfParts(0, rowsOfPart, enlarge ? 4 : 1))}
      ${isProjection ? sampleOf('side', momentsOfRows('s'), momentsOfParts(2, rowsOfPart, 1)) : ''}
      ${to === 'values' ? values : part}
    }`;
};
