/** WGSL of the two reductions over rows that batch normalisation needs, as strings: moments and gradient sums. */
import { blockRows } from './channel-plan.ts';

/** What the code itself depends on; tile, lanes and counts are uniforms, since each new pipeline takes a second to compile on some devices. */
export interface ReductionVariant {
  readonly components: 1 | 4;
}

/** Workgroup frame shared by all: who has which channel and row, and the tree that joins the lanes. */
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
  tree: /* wgsl */ `
      workgroupBarrier();
      for (var reach = uniforms.lanes / 2; reach > 0; reach = reach / 2) {
        if (lane < reach) {
          let other = slot + reach * uniforms.tile;
          ${join}
        }
        workgroupBarrier();
      }
      if (inside && lane == 0) {
        ${finish}
      }`,
});

const unrolled = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

const total = (term: (index: number) => string): string =>
  Array.from({ length: blockRows }, (_, index) => term(index)).join(' + ');

const momentsFrame = (variant: ReductionVariant, finish: string) =>
  frame(
    variant,
    /* wgsl */ `
    struct Moments { count : f32, mean : Value, spread : Value };
    var<workgroup> counts : array<f32, 256>;
    var<workgroup> means : array<Value, 256>;
    var<workgroup> spreads : array<Value, 256>;

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
 * First pass of mean and variance. Each thread takes blocks of rows, whose moments it computes in two passes in
 * registers, and joins them; so a mean far above the deviation costs no digits. Bindings: `x`; result
 * [groups, 2, channels] with the mean and the sum of squared deviations, or, with one group, [2, channels] with mean
 * and biased variance.
 */
export const generateMomentsPartial = (variant: ReductionVariant): string => {
  const { head, place, tree } = momentsFrame(
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
          ${unrolled(
            blockRows,
            (i) => /* wgsl */ `
          let in${i} = row + ${i} * uniforms.lanes < end;
          let v${i} = select(Value(0.0), x[select(row, row + ${i} * uniforms.lanes, in${i}) * uniforms.channelVectors + channel], in${i});`,
          )}
          let count = ${total((i) => `f32(in${i})`)};
          let mean = (${total((i) => `v${i}`)}) / count;
          ${unrolled(blockRows, (i) => `let d${i} = select(Value(0.0), v${i} - mean, in${i});`)}
          sample = joined(sample, Moments(count, mean, ${total((i) => `d${i} * d${i}`)}));
        }
      }
      counts[slot] = sample.count;
      means[slot] = sample.mean;
      spreads[slot] = sample.spread;
      ${tree}
    }`;
};

/** Second pass of mean and variance. Bindings: `partial` [groups, 2, channels]; result [2, channels]. */
export const generateMomentsCombine = (variant: ReductionVariant): string => {
  const { head, place, tree } = momentsFrame(
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
      ${tree}
    }`;
};

const sumsFrame = (variant: ReductionVariant) =>
  frame(
    variant,
    /* wgsl */ `
    var<workgroup> weightSums : array<Value, 256>;
    var<workgroup> biasSums : array<Value, 256>;`,
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
  const { head, place, tree } = sumsFrame(variant);
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
        for (var row = group * uniforms.rowsPerGroup + lane; row < end; row += ${blockRows} * uniforms.lanes) {
          ${unrolled(
            blockRows,
            (i) => /* wgsl */ `
          let in${i} = row + ${i} * uniforms.lanes < end;
          let at${i} = select(row, row + ${i} * uniforms.lanes, in${i}) * uniforms.channelVectors + channel;
          let n${i} = (x[at${i}] - mean) * inverse;
          let g${i} = select(Value(0.0), dy[at${i}], ${relu ? `(n${i} * weight + bias > Value(0.0)) & ${variant.components === 4 ? `vec4<bool>(in${i})` : `in${i}`}` : `in${i}`});`,
          )}
          weightSum += ${total((i) => `g${i} * n${i}`)};
          biasSum += ${total((i) => `g${i}`)};
        }
      }
      weightSums[slot] = weightSum;
      biasSums[slot] = biasSum;
      ${tree}
    }`;
};

/** Second pass of the gradient sums. Bindings: `partial` [groups, 2, channels]; result [2, channels]. */
export const generateGradientCombine = (variant: ReductionVariant): string => {
  const { head, place, tree } = sumsFrame(variant);
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
      ${tree}
    }`;
};
