/**
 * WGSL of the gradient of `normalization-wgsl.ts`. Its programs have the same two halves, with sums instead
 * of moments.
 */
import { type LaneStruct, lanePlace, laneStruct, valueAlias } from './lanes-wgsl.ts';
import { eachValue, type NormalizationVariant, type Pass, rowPlace } from './normalization-wgsl.ts';

/** Sums over rows of three terms: slope times normalized x, slope, and slope times normalized shortcut. */
const sumsOf = (isProjection: boolean): LaneStruct => {
  const fields = ['weight', 'bias', ...(isProjection ? ['side'] : [])];
  return {
    name: 'Sums',
    fields: Object.fromEntries(fields.map((field) => [field, 'Value'])),
    join: `return Sums(${fields.map((field) => `a.${field} + b.${field}`).join(', ')});`,
  };
};

/**
 * Declares mean, inverse deviation and weight of each batch norm, from the statistics that the forward pass
 * has kept.
 */
const declareStatistics = ({ shortcut }: NormalizationVariant): string => {
  const row = (index: number, name = 'statistics'): string =>
    `${name}[${index} * uniforms.channelVectors + channel]`;
  switch (shortcut) {
    case 'none':
      return /* wgsl */ `
        let mean = ${row(0)};
        let inverse = 1.0 / sqrt(${row(1)} + uniforms.epsilon);
        let weight = ${row(0, 'affine')};
        let bias = ${row(1, 'affine')};`;
    case 'identity':
      return /* wgsl */ `
        let mean = ${row(0)};
        let inverse = 1.0 / sqrt(${row(1)} + uniforms.epsilon);
        let weight = ${row(2)};`;
    case 'projection':
      return /* wgsl */ `
        let mean = ${row(0)};
        let inverse = 1.0 / sqrt(${row(1)} + uniforms.epsilon);
        let weight = ${row(4)};
        let sideMean = ${row(2)};
        let sideInverse = 1.0 / sqrt(${row(3)} + uniforms.epsilon);
        let sideWeight = ${row(5)};`;
  }
};

/**
 * Declares the normalized x and the slope of each value that a row represents, and the sum of the slopes of
 * the row.
 */
const declareSlopes = ({ shortcut, enlarge, relu }: NormalizationVariant, x: string): string => {
  const slope = (at: string, corner: number): string => {
    if (shortcut !== 'none') return `select(Value(0.0), dy[${at}], y[${at}] > Value(0.0))`;
    return relu ? `select(Value(0.0), dy[${at}], normal${corner} * weight + bias > Value(0.0))` : `dy[${at}]`;
  };
  return /* wgsl */ `
          ${rowPlace(enlarge)}
          ${eachValue(
            enlarge,
            (at, corner) => /* wgsl */ `
          let normal${corner} = (${x}[${at}] - mean) * inverse;
          let slope${corner} = ${slope(at, corner)};`,
          )}
          let rowSlope = ${enlarge ? '(slope0 + slope1) + (slope2 + slope3)' : 'slope0'};
          ${shortcut === 'projection' ? 'let sideNormal = (s[at] - sideMean) * sideInverse;' : ''}`;
};

/**
 * A backward program. Bindings: `dy`; `statistics`, which the forward pass has kept; `affine` without a
 * shortcut, `y` with one; for a projection, the shortcut `s`; `partial` [parts, 2 or 3, channels] if the
 * program reads parts. If it writes values: the result holds x and becomes dx, and `s` becomes the gradient
 * of s; the other outputs are `daffine` [2, channels], and `shortcutDaffine` for a projection or `ds` for
 * another shortcut. If it writes parts: it also reads `x`, and the result is [groups, 2 or 3, channels].
 */
export const generateNormalizationGradient = (variant: NormalizationVariant, { from, to }: Pass): string => {
  const { components, shortcut, enlarge } = variant;
  const isProjection = shortcut === 'projection';
  const sums = sumsOf(isProjection);
  const fields = Object.keys(sums.fields);
  const zero = `Sums(${fields.map(() => 'Value(0.0)').join(', ')})`;
  const x = to === 'values' ? 'result' : 'x';
  const weightTerm = enlarge
    ? '(slope0 * normal0 + slope1 * normal1) + (slope2 * normal2 + slope3 * normal3)'
    : 'slope0 * normal0';
  const fromRows = /* wgsl */ `
        ${declareStatistics(variant)}
        for (var row = start + lane; row < end; row += uniforms.lanes) {
          ${declareSlopes(variant, x)}
          sums.weight += ${weightTerm};
          sums.bias += rowSlope;
          ${isProjection ? 'sums.side += rowSlope * sideNormal;' : ''}
        }`;
  const fromParts = /* wgsl */ `
        for (var part = lane; part < uniforms.parts; part += uniforms.lanes) {
          let first = part * ${fields.length} * uniforms.channelVectors + channel;
          ${fields.map((field, row) => `sums.${field} += partial[first + ${row} * uniforms.channelVectors];`).join('\n')}
        }`;
  const affineGradient = (name: string, weight: string): string => /* wgsl */ `
          ${name}[channel] = ${weight};
          ${name}[uniforms.channelVectors + channel] = all.bias;`;
  const values = /* wgsl */ `
      if (inside) {
        if (group == 0 && lane == 0) {
          ${affineGradient('daffine', 'all.weight')}
          ${isProjection ? affineGradient('shortcutDaffine', 'all.side') : ''}
        }
        ${declareStatistics(variant)}
        for (var row = start + lane; row < end; row += uniforms.lanes) {
          ${declareSlopes(variant, x)}
          ${eachValue(
            enlarge,
            (at, corner) => /* wgsl */ `
          let average${corner} = (all.bias + normal${corner} * all.weight) * uniforms.inverseCount;
          result[${at}] = weight * inverse * (slope${corner} - average${corner});`,
          )}
          ${shortcut === 'identity' ? 'ds[at] = rowSlope;' : ''}
          ${
            isProjection
              ? /* wgsl */ `
          let sideAverage = (all.bias + sideNormal * all.side) * uniforms.inverseSideCount;
          s[at] = sideWeight * sideInverse * (rowSlope - sideAverage);`
              : ''
          }
        }
      }`;
  const part = /* wgsl */ `
      if (inside && lane == 0) {
        let first = group * ${fields.length} * uniforms.channelVectors + channel;
        ${fields.map((field, row) => `result[first + ${row} * uniforms.channelVectors] = all.${field};`).join('\n')}
      }`;
  return /* wgsl */ `
    ${valueAlias(components)}
    ${laneStruct(variant, sums)}
    fn main(thread : i32) {
      ${lanePlace(variant)}
      var sums = ${zero};
      if (inside) {
        ${from === 'rows' ? fromRows : fromParts}
      }
      let all = joinedLanes(sums, slot);
      ${to === 'values' ? values : part}
    }`;
};
