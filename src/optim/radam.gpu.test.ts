import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import golden from '#testing/golden/radam.golden.json';
import { describeBackends } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { createRadam } from './radam.ts';

const { count } = golden;

/** One variable with the golden parameters, in the given shape. */
const goldenVariable = (shape: number[] = [count]): tf.Variable =>
  tf.variable(tf.tensor(hashValues(count, 100), shape));

const goldenGradient = (step: number, variable: tf.Variable): tf.NamedTensorMap => ({
  [variable.name]: tf.tensor(hashValues(count, 200 + step), variable.shape),
});

describeBackends('createRadam', () => {
  for (const run of golden.cases) {
    it(`follows torch.optim.RAdam for 20 steps at rate ${run.learningRate} and decay ${run.weightDecay}`, async () => {
      const variable = goldenVariable([2, 6]);
      const optimizer = createRadam(run, [variable]);
      let largest = 0;
      for (const [step, expected] of run.parameters.entries()) {
        optimizer.apply(goldenGradient(step, variable), tf.scalar(1));
        for (const [index, value] of (await variable.data()).entries()) {
          // Relative; a value near 0 is held to the error of its neighbors, at most 1e-7 absolute.
          const difference = Math.abs(value - expected[index]!) / Math.max(Math.abs(expected[index]!), 1e-2);
          largest = Math.max(largest, difference);
        }
      }
      expect(optimizer.steps).toBe(20);
      expect(largest).toBeLessThan(1e-5);
      optimizer.dispose();
    });
  }

  it('updates several variables of any size, each by its own gradient', async () => {
    const sizes = [1, 3, 4, 4096 * 65];
    const variables = sizes.map((size) => tf.variable(tf.tensor1d(hashValues(size, size))));
    const optimizer = createRadam({ learningRate: 0.1 }, variables);
    const gradients = sizes.map((size) => hashValues(size, size + 1));
    optimizer.apply(
      Object.fromEntries(variables.map((variable, index) => [variable.name, tf.tensor1d(gradients[index]!)])),
      tf.scalar(1),
    );
    for (const [index, variable] of variables.entries()) {
      const size = sizes[index]!;
      // The first step is not rectified: the rate times the gradient, because the moment's bias is corrected.
      const expected = hashValues(size, size).map((value, i) => value - 0.1 * gradients[index]![i]!);
      expect(largestDifference(await variable.data(), expected)).toBeLessThan(4 * 2 ** -24);
    }
    optimizer.dispose();
  });

  it('repeats exactly after a reset, and after a return to a snapshot', async () => {
    const variable = goldenVariable();
    const start = tf.tensor1d(hashValues(count, 100));
    const optimizer = createRadam({ learningRate: 0.1, weightDecay: 0.1 }, [variable]);
    const train = async (from: number, to: number) => {
      for (let step = from; step < to; step++) optimizer.apply(goldenGradient(step, variable), tf.scalar(1));
      return (await variable.data()).slice();
    };
    const early = await train(0, 7);
    const snapshot = optimizer.snapshot();
    const late = await train(7, 12);

    snapshot.restore();
    variable.assign(tf.tensor1d(early));
    expect(optimizer.steps).toBe(7);
    expect(await train(7, 12)).toEqual(late);

    optimizer.reset();
    variable.assign(start);
    expect(optimizer.steps).toBe(0);
    expect(await train(0, 7)).toEqual(early);
    snapshot.dispose();
    optimizer.dispose();
  });

  it('goes on from values that were read back as if it had not been interrupted', async () => {
    // 12 and 4 values lie apart on the device.
    const variables = [goldenVariable([2, 6]), tf.variable(tf.tensor1d(hashValues(4, 5)))];
    const gradients = (step: number): tf.NamedTensorMap => ({
      ...goldenGradient(step, variables[0]!),
      [variables[1]!.name]: tf.tensor1d(hashValues(4, 300 + step)),
    });
    const options = { learningRate: (step: number) => 0.1 / step, weightDecay: 0.1 };
    const optimizer = createRadam(options, variables);
    for (let step = 0; step < 7; step++) optimizer.apply(gradients(step), tf.scalar(1));
    const read = await optimizer.read();
    const parameters = await Promise.all(variables.map(async (variable) => (await variable.data()).slice()));
    for (let step = 7; step < 9; step++) optimizer.apply(gradients(step), tf.scalar(1));
    const expected = await Promise.all(variables.map((variable) => variable.data()));
    optimizer.dispose();

    const other = createRadam(options, variables);
    expect(() => other.load({ ...read, moments: read.moments.slice(1) })).toThrow(
      /RAdam has 32 moments, got 31/,
    );
    other.load(read);
    expect([other.steps, read.moments.length]).toEqual([7, 32]);
    for (const [index, variable] of variables.entries())
      variable.assign(tf.tensor(parameters[index]!, variable.shape));
    for (let step = 7; step < 9; step++) other.apply(gradients(step), tf.scalar(1));
    expect(await Promise.all(variables.map((variable) => variable.data()))).toEqual(expected);
    other.dispose();
  });

  it('owns its moments and the numbers of a step, allocates no tensor in a step, and frees all', () => {
    const variable = goldenVariable();
    const gradient = goldenGradient(0, variable);
    const loss = tf.scalar(1);
    const before = tf.memory().numTensors;
    const optimizer = createRadam({ learningRate: 0.1 }, [variable]);
    optimizer.apply(gradient, loss);
    optimizer.apply(gradient, loss);
    expect(tf.memory().numTensors).toBe(before + 4);
    optimizer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('rejects a missing gradient and one of another shape, and leaves the variable unchanged', async () => {
    const variable = goldenVariable();
    const optimizer = createRadam({ learningRate: 0.1 }, [variable]);
    expect(() => optimizer.apply({}, tf.scalar(1))).toThrow(/no gradient/);
    expect(() => optimizer.apply({ [variable.name]: tf.zeros([3]) }, tf.scalar(1))).toThrow(/shape \[3\]/);
    expect(optimizer.steps).toBe(0);
    expect(await variable.data()).toEqual(hashValues(count, 100));
    optimizer.dispose();
  });

  it('refuses a step whose loss or gradient is not finite, wherever the value is, and takes the next one', async () => {
    const sizes = [3, 64, 257];
    const variables = sizes.map((size) => tf.variable(tf.tensor1d(hashValues(size, size))));
    const optimizer = createRadam({ learningRate: 0.1 }, variables);
    const apply = (
      bad: { readonly variable: number; readonly index: number; readonly value: number },
      loss = 1,
    ) => {
      const gradients = variables.map((variable, place) => {
        const values = hashValues(variable.size, place);
        if (place === bad.variable) values[bad.index] = bad.value;
        return [variable.name, tf.tensor1d(values)] as const;
      });
      optimizer.apply(Object.fromEntries(gradients), tf.scalar(loss));
    };
    const read = async () => ({
      refused: (await optimizer.refused.data())[0],
      values: await Promise.all(
        [...variables, optimizer.moments].map(async (tensor) => (await tensor.data()).slice()),
      ),
    });
    const { values } = await read();
    const unchanged = { refused: 1, values };
    for (const value of [Number.NaN, Number.NEGATIVE_INFINITY, 2 ** 63])
      for (const [variable, size] of sizes.entries())
        for (const index of [0, size - 1]) {
          apply({ variable, index, value });
          expect(await read(), `${value} at ${variable}, ${index}`).toEqual(unchanged);
        }
    apply({ variable: 0, index: 0, value: 1 }, Number.NaN);
    expect(await read()).toEqual(unchanged);
    apply({ variable: 0, index: 0, value: 1 });
    const after = await read();
    expect(after.refused).toBe(0);
    expect(after.values[2]).not.toEqual(values[2]);
    optimizer.dispose();
  });
});
