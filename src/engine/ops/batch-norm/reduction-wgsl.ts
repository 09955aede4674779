/** WGSL of the two reductions over rows that batch normalisation needs, as strings: moments and gradient sums. */
import { blockRows } from './channel-plan.ts';

/**
 * What the code itself depends on. Tile, lanes and counts are uniforms: each new pipeline takes a second to compile on
 * some devices.
 */
export interface ReductionVariant {
  /** Threads of a workgroup: the length of the shared arrays. */
  readonly threads: number;
  readonly components: 1 | 4;
}

/**
 * Workgroup frame shared by all: who has which channel and row, and how the lanes are joined: always in the same order,
 * and in two steps, since a tree's barriers in a loop cost some devices seconds of compilation.
 */
const frame = ({ components }: ReductionVariant, shared: string, join: string, finish: string) => ({
  head: /* wgsl */ `
    alias Value = ${components === 4 ? 'vec4<f32>' : 'f32'};
    ${shared}`,
  place: /* wgsl */ `
      let slot = i32(localIndex);
      let lane = slot / uniforms.tile;
      let group = i32(workgroupId.x) / uniforms.channelTiles;
      let channel = i32(workgroupId.x) % uniforms.channelTiles * uniforms.tile + slot % uniforms.tile;
      let inside = channel < uniforms.channelVectors;`,
  joinLanes: /* wgsl */ `
      workgroupBarrier();
      if (lane < uniforms.joints) {
        for (var giver = lane + uniforms.joints; giver < uniforms.lanes; giver += uniforms.joints) {
          let other = slot + (giver - lane) * uniforms.tile;
          ${join}
        }
      }
      workgroupBarrier();
      if (inside && lane == 0) {
        for (var giver = 1; giver < uniforms.joints; giver++) {
          let other = slot + giver * uniforms.tile;
          ${join}
        }
        ${finish}
      }`,
});

const momentsFrame = (variant: ReductionVariant, finish: string) =>
  frame(
    variant,
    /* wgsl */ `
    struct Moments { count : f32, mean : Value, spread : Value };
    var<workgroup> counts : array<f32, ${variant.threads}>;
    var<workgroup> means : array<Value, ${variant.threads}>;
    var<workgroup> spreads : array<Value, ${variant.threads}>;

    // Chan, Golub and LeVeque: joins two samples given by count, mean and sum of squared deviations.
    fn joined(a : Moments, b : Moments) -> Moments {
      let count = a.count + b.count;
      let share = select(0.0, b.count / count, count > 0.0);
      let delta = b.mean - a.mean;
      return Moments(count, a.mean + delta * share, a.spread + b.spread + delta * delta * (a.count * share));
    }`,
    /* wgsl */ `
          let both = joined(
            Moments(counts[slot], means[slot], spreads[slot]),
            Moments(counts[other], means[other], spreads[other]));
          counts[slot] = both.count;
          means[slot] = both.mean;
          spreads[slot] = both.spread;`,
    finish,
  );

/**
 * First pass of mean and variance. Each thread takes blocks of rows, whose moments it computes in two passes,
 * the second from cache, and joins them; so a mean far above the deviation costs no digits. Bindings: `x`; result
 * [groups, 2, channels] with the mean and the sum of squared deviations, or, with one group, [2, channels] with mean
 * and biased variance.
 */
export const generateMomentsPartial = (variant: ReductionVariant): string => {
  const { head, place, joinLanes } = momentsFrame(
    variant,
    /* wgsl */ `
        let start = group * 2 * uniforms.channelVectors + channel;
        result[start] = means[slot];
        result[start + uniforms.channelVectors] = spreads[slot] / select(1.0, counts[slot], uniforms.groups == 1);`,
  );
  return /* wgsl */ `
    ${head}
    fn main(thread : i32) {
      ${place}
      let end = min((group + 1) * uniforms.rowsPerGroup, uniforms.rows);
      var sample = Moments(0.0, Value(0.0), Value(0.0));
      if (inside) {
        for (var row = group * uniforms.rowsPerGroup + lane; row < end; row += ${blockRows} * uniforms.lanes) {
          let blockEnd = min(row + ${blockRows} * uniforms.lanes, end);
          var count = 0.0;
          var sum = Value(0.0);
          for (var each = row; each < blockEnd; each += uniforms.lanes) {
            sum += x[each * uniforms.channelVectors + channel];
            count += 1.0;
          }
          let mean = sum / count;
          var spread = Value(0.0);
          for (var each = row; each < blockEnd; each += uniforms.lanes) {
            let deviation = x[each * uniforms.channelVectors + channel] - mean;
            spread += deviation * deviation;
          }
          sample = joined(sample, Moments(count, mean, spread));
        }
      }
      counts[slot] = sample.count;
      means[slot] = sample.mean;
      spreads[slot] = sample.spread;
      ${joinLanes}
    }`;
};

/** Second pass of mean and variance. Bindings: `partial` [groups, 2, channels]; result [2, channels]. */
export const generateMomentsCombine = (variant: ReductionVariant): string => {
  const { head, place, joinLanes } = momentsFrame(
    variant,
    /* wgsl */ `
        result[channel] = means[slot];
        result[channel + uniforms.channelVectors] = spreads[slot] / counts[slot];`,
  );
  return /* wgsl */ `
    ${head}
    fn main(thread : i32) {
      ${place}
      var sample = Moments(0.0, Value(0.0), Value(0.0));
      if (inside) {
        for (var part = lane; part < uniforms.groups; part += uniforms.lanes) {
          let rows = min(uniforms.rowsPerGroup, uniforms.rows - part * uniforms.rowsPerGroup);
          let start = part * 2 * uniforms.channelVectors + channel;
          sample = joined(sample, Moments(f32(rows), partial[start], partial[start + uniforms.channelVectors]));
        }
      }
      counts[slot] = sample.count;
      means[slot] = sample.mean;
      spreads[slot] = sample.spread;
      ${joinLanes}
    }`;
};

const sumsFrame = (variant: ReductionVariant) =>
  frame(
    variant,
    /* wgsl */ `
    var<workgroup> weightSums : array<Value, ${variant.threads}>;
    var<workgroup> biasSums : array<Value, ${variant.threads}>;`,
    /* wgsl */ `
          weightSums[slot] += weightSums[other];
          biasSums[slot] += biasSums[other];`,
    /* wgsl */ `
        let start = group * 2 * uniforms.channelVectors + channel;
        result[start] = weightSums[slot];
        result[start + uniforms.channelVectors] = biasSums[slot];`,
  );

/**
 * First pass of the sums that the gradient needs. Bindings: `x`, `dy`, `moments` [2, channels], `affine` [2, channels];
 * result [groups, 2, channels]: the sum of dy times the normalised x (gradient of the weight), and the sum of dy
 * (gradient of the bias). With `relu`, dy counts only where the normalised and scaled x is positive.
 */
export const generateGradientPartial = (variant: ReductionVariant, relu: boolean): string => {
  const { head, place, joinLanes } = sumsFrame(variant);
  return /* wgsl */ `
    ${head}
    fn main(thread : i32) {
      ${place}
      let end = min((group + 1) * uniforms.rowsPerGroup, uniforms.rows);
      var weightSum = Value(0.0);
      var biasSum = Value(0.0);
      if (inside) {
        let mean = moments[channel];
        let inverse = 1.0 / sqrt(moments[uniforms.channelVectors + channel] + uniforms.epsilon);
        let weight = affine[channel];
        let bias = affine[uniforms.channelVectors + channel];
        for (var row = group * uniforms.rowsPerGroup + lane; row < end; row += uniforms.lanes) {
          let at = row * uniforms.channelVectors + channel;
          let normal = (x[at] - mean) * inverse;
          let slope = ${relu ? 'select(Value(0.0), dy[at], normal * weight + bias > Value(0.0))' : 'dy[at]'};
          weightSum += slope * normal;
          biasSum += slope;
        }
      }
      weightSums[slot] = weightSum;
      biasSums[slot] = biasSum;
      ${joinLanes}
    }`;
};

/** Second pass of the gradient sums. Bindings: `partial` [groups, 2, channels]; result [2, channels]. */
export const generateGradientCombine = (variant: ReductionVariant): string => {
  const { head, place, joinLanes } = sumsFrame(variant);
  return /* wgsl */ `
    ${head}
    fn main(thread : i32) {
      ${place}
      var weightSum = Value(0.0);
      var biasSum = Value(0.0);
      if (inside) {
        for (var part = lane; part < uniforms.groups; part += uniforms.lanes) {
          let first = part * 2 * uniforms.channelVectors + channel;
          weightSum += partial[first];
          biasSum += partial[first + uniforms.channelVectors];
        }
      }
      weightSums[slot] = weightSum;
      biasSums[slot] = biasSum;
      ${joinLanes}
    }`;
};
