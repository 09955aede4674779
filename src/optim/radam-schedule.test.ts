import { describe, expect, it } from 'vitest';
import golden from '#testing/golden/radam.golden.json';
import { hashValues } from '#testing/hash-values.ts';
import { type RadamOptions, radamStep } from './radam-schedule.ts';

/** The update of the kernels, in float64. */
const train = (options: RadamOptions, steps: number): Float64Array[] => {
  const parameters = Float64Array.from(hashValues(golden.count, 100));
  const first = new Float64Array(golden.count);
  const second = new Float64Array(golden.count);
  return Array.from({ length: steps }, (_, index) => {
    const step = radamStep(index + 1, options);
    const gradient = hashValues(golden.count, 200 + index);
    for (let i = 0; i < golden.count; i++) {
      const slope = gradient[i]! + step.gradientDecay * parameters[i]!;
      first[i] = step.beta1 * first[i]! + (1 - step.beta1) * slope;
      second[i] = step.beta2 * second[i]! + (1 - step.beta2) * slope ** 2;
      const divisor = step.rectified ? Math.sqrt(second[i]!) + step.epsilon : 1;
      parameters[i] = step.parameterScale * parameters[i]! - (step.stepSize * first[i]!) / divisor;
    }
    return parameters.slice();
  });
};

describe('radamStep', () => {
  it.each(golden.cases)(
    "matches PyTorch's float64 parameters at rate $learningRate and decay $weightDecay",
    (run) => {
      for (const [index, parameters] of train(run, run.float64.length).entries()) {
        for (const [i, expected] of run.float64[index]!.entries()) {
          // The golden numbers have nine digits: a relative error of 5e-9, with a margin for cancellation.
          expect(Math.abs(parameters[i]! - expected)).toBeLessThan(1e-8 * Math.max(1, Math.abs(expected)));
        }
      }
    },
  );

  it('rectifies from the sixth step on, with beta2 0.999', () => {
    const rectified = [1, 2, 3, 4, 5, 6, 7].map((t) => radamStep(t, { learningRate: 1 }).rectified);
    expect(rectified).toEqual([false, false, false, false, false, true, true]);
  });

  it("tends to Adam's step after many steps", () => {
    const { stepSize, rectified } = radamStep(1_000_000, { learningRate: 0.5 });
    expect(rectified).toBe(true);
    expect(stepSize).toBeCloseTo(0.5, 12);
  });

  it('moves weight decay from the gradient to the parameter if it is decoupled', () => {
    const options = { learningRate: 0.1, weightDecay: 0.01 };
    expect(radamStep(1, options)).toMatchObject({ gradientDecay: 0.01, parameterScale: 1 });
    expect(radamStep(1, { ...options, decoupledWeightDecay: true })).toMatchObject({
      gradientDecay: 0,
      parameterScale: 1 - 0.001,
    });
  });
});
