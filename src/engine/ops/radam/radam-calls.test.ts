/** Test plan: float64 over steps, rectified and not, sizes around vectors and chunks, both kinds of decay; any order. */
import { describe, expect, it } from 'vitest';
import { type RadamOptions, radamStep } from '#optim/radam-schedule.ts';
import { largestDifference } from '#testing/compare.ts';
import { hashValues } from '#testing/hash-values.ts';
import { Processor } from '../../cpu/processor.ts';
import { runBackwards } from '../../cpu/testing/chunk-order.ts';
import { type RadamParameter, radamCalls } from './radam-calls.ts';

const sizes = [1, 3, 4, 17, 16_384 * 2 + 5, 8];
/** Parameters begin at multiples of 64, so that there are gaps, which no step may touch. */
const offsets: number[] = [];
let total = 0;
for (const size of sizes) {
  offsets.push(total);
  total += Math.ceil(size / 64) * 64;
}

/** Lays out parameters, gradients and moments, and steps them in float64 beside. */
const start = (processor: Processor, options: RadamOptions) => {
  const place = (values: Float32Array): number => {
    const address = processor.heap.allocate(values.length * 4);
    processor.floatsAt(address, values.length).set(values);
    return address;
  };
  const moments = place(new Float32Array(2 * total));
  const numbers = place(new Float32Array(8));
  const [loss, refused] = [place(Float32Array.of(1)), place(Float32Array.of(0))];
  const gradientsOf = (step: number, index: number) => hashValues(sizes[index]!, 100 * step + index + 50);
  const parameters: RadamParameter[] = sizes.map((size, index) => ({
    values: place(hashValues(size, index)),
    gradient: place(new Float32Array(size)),
    size,
    offset: offsets[index]!,
  }));
  const expected = sizes.map((size, index) => ({
    values: Float64Array.from(hashValues(size, index)),
    firsts: new Float64Array(size),
    seconds: new Float64Array(size),
  }));
  const prepare = (t: number) => {
    const step = radamStep(t, options);
    processor
      .floatsAt(numbers, 8)
      .set([
        step.beta1,
        step.beta2,
        1 - step.beta1,
        1 - step.beta2,
        step.gradientDecay,
        step.stepSize,
        step.parameterScale,
        step.epsilon,
      ]);
    parameters.forEach(({ gradient, size }, index) => {
      processor.floatsAt(gradient, size).set(gradientsOf(t, index));
    });
    expected.forEach(({ values, firsts, seconds }, index) => {
      gradientsOf(t, index).forEach((gradient, i) => {
        const slope = gradient + step.gradientDecay * values[i]!;
        firsts[i] = step.beta1 * firsts[i]! + (1 - step.beta1) * slope;
        seconds[i] = step.beta2 * seconds[i]! + (1 - step.beta2) * slope * slope;
        const divisor = step.rectified ? Math.sqrt(seconds[i]!) + step.epsilon : 1;
        values[i] = step.parameterScale * values[i]! - (step.stepSize * firsts[i]!) / divisor;
      });
    });
    return radamCalls(parameters, {
      numbers,
      moments,
      loss,
      refused,
      half: total,
      rectified: step.rectified,
    });
  };
  const values = () => parameters.map(({ values, size }) => processor.floatsAt(values, size).slice());
  return {
    prepare,
    values,
    expected,
    parameters,
    lossAt: loss,
    refused: () => processor.floatsAt(refused, 1)[0],
    moments: () => processor.floatsAt(moments, 2 * total).slice(),
  };
};

describe('radamCalls', () => {
  for (const options of [
    { learningRate: 0.01 },
    { learningRate: 0.01, weightDecay: 0.1 },
    { learningRate: 0.01, weightDecay: 0.1, decoupledWeightDecay: true },
  ]) {
    it(`follows float64 for 12 steps with ${JSON.stringify(options)}`, () => {
      const processor = new Processor();
      const run = start(processor, options);
      for (let t = 1; t <= 12; t++) for (const call of run.prepare(t)) processor.run(call);
      // Moments: about four roundings a step of values below 1.2, most of which decay; a parameter moves by at most the
      // rate times a bounded quotient, so its own rounding, one per step, is the larger part.
      const tolerance = 4 * 12 * 2 ** -24;
      const moments = run.moments();
      run.values().forEach((values, index) => {
        const { values: expected, firsts, seconds } = run.expected[index]!;
        const begin = offsets[index]!;
        expect(largestDifference(values, expected)).toBeLessThan(tolerance);
        expect(largestDifference(moments.slice(begin, begin + values.length), firsts)).toBeLessThan(
          tolerance,
        );
        expect(
          largestDifference(moments.slice(total + begin, total + begin + values.length), seconds),
        ).toBeLessThan(tolerance);
        const end = offsets[index + 1] ?? total;
        expect(moments.slice(begin + values.length, end).every((value) => value === 0)).toBe(true);
      });
    });
  }

  it('gives the same bits with its chunks in any order', () => {
    const [forwards, backwards] = [new Processor(), new Processor()].map((processor) => ({
      processor,
      run: start(processor, { learningRate: 0.1 }),
    }));
    for (let t = 1; t <= 7; t++) {
      for (const call of forwards!.run.prepare(t)) forwards!.processor.run(call);
      for (const call of backwards!.run.prepare(t)) runBackwards(backwards!.processor, call);
    }
    expect(backwards!.run.values()).toEqual(forwards!.run.values());
    expect(backwards!.run.moments()).toEqual(forwards!.run.moments());
  });

  const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
  for (const value of [nan, infinity, -infinity, 2 ** 63, -(2 ** 63)]) {
    it(`refuses a gradient of ${value} anywhere, and a loss that is not finite, and changes nothing else`, () => {
      // The first and the last value of a parameter, in vectors and in the rest, in the first and in a later chunk.
      for (const [parameter, index] of [
        [0, 0],
        [3, 15],
        [3, 16],
        [4, 0],
        [4, 2 * 16_384 + 4],
      ] as const) {
        const processor = new Processor();
        const run = start(processor, { learningRate: 0.1 });
        const before = run.values();
        const calls = run.prepare(1);
        const { gradient, size } = run.parameters[parameter]!;
        processor.floatsAt(gradient, size)[index] = value;
        for (const call of calls) processor.run(call);
        expect(run.refused(), `parameter ${parameter}, value ${index}`).toBe(1);
        expect(run.values()).toEqual(before);
        expect(run.moments().every((moment) => moment === 0)).toBe(true);
      }
      const processor = new Processor();
      const run = start(processor, { learningRate: 0.1 });
      const before = run.values();
      processor.floatsAt(run.lossAt, 1)[0] = value;
      for (const call of run.prepare(1)) processor.run(call);
      expect(run.refused()).toBe(Number.isFinite(value) ? 0 : 1);
      if (!Number.isFinite(value)) expect(run.values()).toEqual(before);
    });
  }

  it('accepts the largest gradient below 2^63', () => {
    const processor = new Processor();
    const run = start(processor, { learningRate: 0.1 });
    const calls = run.prepare(1);
    const { gradient, size } = run.parameters[4]!;
    processor.floatsAt(gradient, size).fill(2 ** 63 * (1 - 2 ** -24));
    for (const call of calls) processor.run(call);
    expect(run.refused()).toBe(0);
    expect(run.moments().every(Number.isFinite)).toBe(true);
  });
});
