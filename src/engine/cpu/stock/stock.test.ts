/**
 * Test plan: every function of one and two tensors against JavaScript, at sizes around vectors and chunks; every kind of
 * broadcast; reductions over all, leading, trailing, middle and separate axes; slices, joins, transpositions, repetitions;
 * types; NaN; refusals; chunks in any order.
 */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import { hashValues } from '#testing/hash-values.ts';
import { Processor } from '../processor.ts';
import { runBackwards } from '../testing/chunk-order.ts';
import { openProcessor } from '../testing/open-processor.ts';
import { joinAxes } from './axes.ts';
import * as modes from './modes.ts';
import { reductionCalls, reductionRoom } from './reduction.ts';

const unit = 2 ** -24;

beforeAll(async () => {
  await openProcessor();
});

const run = (name: string, inputs: tf.NamedTensorMap, attributes: object = {}): tf.Tensor =>
  tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap);

describe('functions of one tensor', () => {
  const exact: Record<string, (x: number) => number> = {
    Neg: (x) => -x,
    Abs: Math.abs,
    Square: (x) => x * x,
    Sqrt: Math.sqrt,
    Rsqrt: (x) => 1 / Math.sqrt(x),
    Reciprocal: (x) => 1 / x,
    Exp: Math.exp,
    Log: Math.log,
    Sign: Math.sign,
    Relu: (x) => Math.max(x, 0),
    Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  };
  for (const [name, formula] of Object.entries(exact)) {
    it(`${name} agrees with JavaScript`, () => {
      for (const size of [1, 5, 16_384, 16_387]) {
        const x = hashValues(size, 1, ['Sqrt', 'Rsqrt', 'Log', 'Reciprocal'].includes(name) ? 0.1 : -3, 3);
        const y = run(name, { x: tf.tensor1d(x) }).dataSync();
        const expected = Float64Array.from(x, formula);
        // At most three roundings of values up to 20.
        let worst = 0;
        expected.forEach((value, i) => {
          worst = Math.max(worst, Math.abs(y[i]! - value) / Math.max(0.25, Math.abs(value)));
        });
        expect(worst).toBeLessThan(6 * unit);
      }
      expect(run(name, { x: tf.scalar(Number.NaN) }).dataSync()[0]).toBeNaN();
    });
  }

  it('refuse other types', () => {
    expect(() => run('Sqrt', { x: tf.tensor1d([4], 'int32') })).toThrow('int32, expected float32');
  });
});

describe('functions of two tensors', () => {
  const formulas: Record<string, (a: number, b: number) => number> = {
    Add: (a, b) => a + b,
    Sub: (a, b) => a - b,
    Multiply: (a, b) => a * b,
    RealDiv: (a, b) => a / b,
    Pow: (a, b) => a ** b,
    Maximum: Math.max,
    Minimum: Math.min,
    SquaredDifference: (a, b) => (a - b) ** 2,
    Greater: (a, b) => Number(a > b),
    GreaterEqual: (a, b) => Number(a >= b),
    Less: (a, b) => Number(a < b),
    LessEqual: (a, b) => Number(a <= b),
    Equal: (a, b) => Number(a === b),
    NotEqual: (a, b) => Number(a !== b),
  };
  const expectAgreement = (name: string, aShape: number[], bShape: number[]): void => {
    const shape = tf.broadcast_util.assertAndGetBroadcastShape(aShape, bShape);
    const [a, b] = [aShape, bShape].map((size, i) =>
      hashValues(tf.util.sizeFromShape(size), i, 0.5, 2).map((value) => Math.round(8 * value) / 8),
    ) as [Float32Array, Float32Array];
    const indexIn = (own: number[], index: number[]): number =>
      own.reduce(
        (at, size, axis) => at * size + (size === 1 ? 0 : index[axis + shape.length - own.length]!),
        0,
      );
    const expected = Array.from({ length: tf.util.sizeFromShape(shape) }, (_, flat) => {
      const index = tf.util.indexToLoc(flat, shape.length, tf.util.computeStrides(shape));
      return formulas[name]!(a[indexIn(aShape, index)]!, b[indexIn(bShape, index)]!);
    });
    const result = run(name, { a: tf.tensor(a, aShape), b: tf.tensor(b, bShape) });
    expect(result.shape).toEqual(shape);
    // Two roundings of values up to 4, one of them in the power.
    expect(largestDifference(result.dataSync(), expected)).toBeLessThan(8 * unit);
  };
  for (const name of Object.keys(formulas)) {
    it(`${name} agrees with JavaScript`, () => {
      expectAgreement(name, [7], [7]);
      expectAgreement(name, [5, 3], []);
      expectAgreement(name, [], [2, 3]);
    });
  }
  for (const [a, b] of [
    [[], []],
    [[16_387], [16_387]],
    [[3, 40, 137], [137]],
    [
      [3, 5, 8],
      [3, 1, 8],
    ],
    [
      [4, 1, 6],
      [5, 1],
    ],
    [
      [2, 3, 4, 5],
      [3, 1, 5],
    ],
    [
      [2, 1, 4, 1],
      [3, 1, 5],
    ],
    [[1, 1], [1]],
  ]) {
    it(`broadcast [${a}] with [${b}]`, () => expectAgreement('Sub', a!, b!));
  }

  it('let NaN through maximum and minimum', () => {
    const [a, b] = [tf.tensor1d([Number.NaN, 1]), tf.tensor1d([1, Number.NaN])];
    for (const name of ['Maximum', 'Minimum'])
      expect([...run(name, { a, b }).dataSync()]).toEqual([Number.NaN, Number.NaN]);
  });

  it('select by a condition, and repeat a scalar for it', () => {
    const x = tf.tensor2d(hashValues(5 * 7, 1), [5, 7]);
    const selected = tf.where(tf.greater(x, 0), x, 0).dataSync();
    expect(
      largestDifference(
        selected,
        x.dataSync().map((value) => Math.max(value, 0)),
      ),
    ).toBe(0);
  });
});

describe('types', () => {
  it('become each other', () => {
    const x = tf.tensor1d([-1.75, 0, 2.5, 1e20, -0]);
    expect([...tf.cast(x, 'int32').dataSync()]).toEqual([-1, 0, 2, 2 ** 31 - 1, 0]);
    expect([...tf.cast(x, 'bool').dataSync()]).toEqual([1, 0, 1, 1, 0]);
    expect([...tf.cast(tf.cast(x, 'bool'), 'float32').dataSync()]).toEqual([1, 0, 1, 1, 0]);
    expect([...tf.cast(tf.tensor1d([3, 0, -2], 'int32'), 'float32').dataSync()]).toEqual([3, 0, -2]);
    expect([...tf.cast(tf.tensor1d([3, 0, -2], 'int32'), 'bool').dataSync()]).toEqual([1, 0, 1]);
  });

  it('are kept by fills', () => {
    expect([...tf.fill([3], 2.5).dataSync()]).toEqual([2.5, 2.5, 2.5]);
    expect([...tf.fill([2], 3, 'int32').dataSync()]).toEqual([3, 3]);
    expect([...tf.onesLike(tf.tensor1d([5, 6], 'int32')).dataSync()]).toEqual([1, 1]);
    expect([...tf.zerosLike(tf.tensor1d([5, 6])).dataSync()]).toEqual([0, 0]);
  });
});

describe('reductions', () => {
  const shape = [3, 5, 4, 6];
  const values = hashValues(360, 1);
  const reference = (axes: number[]) => {
    const groups = new Map<number, number[]>();
    const kept = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
    values.forEach((value, flat) => {
      const index = tf.util.indexToLoc(flat, 4, tf.util.computeStrides(shape));
      const at = kept.reduce((sum, axis) => sum * shape[axis]! + index[axis]!, 0);
      groups.set(at, [...(groups.get(at) ?? []), value]);
    });
    return [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
  };
  for (const axes of [[0, 1, 2, 3], [3], [0], [1, 2], [0, 2], [1, 3], [0, 1, 2]]) {
    it(`go over axes ${axes}`, () => {
      const x = tf.tensor(values, shape);
      const groups = reference(axes);
      const sums = groups.map((group) => group.reduce((sum, value) => sum + value, 0));
      // The sum is computed in float64, so one value of at most 32 is rounded once.
      expect(largestDifference(tf.sum(x, axes).dataSync(), sums)).toBeLessThan(32 * unit);
      const means = sums.map((sum, i) => sum / groups[i]!.length);
      const mean = tf.mean(x, axes, true);
      expect(mean.shape).toEqual(shape.map((size, axis) => (axes.includes(axis) ? 1 : size)));
      expect(largestDifference(mean.dataSync(), means)).toBeLessThan(2 * unit);
      expect([...tf.max(x, axes).dataSync()]).toEqual(groups.map((group) => Math.max(...group)));
      expect([...tf.min(x, axes).dataSync()]).toEqual(groups.map((group) => Math.min(...group)));
    });
  }

  for (const size of [1, 3, 32_767, 100_003]) {
    it(`add ${size} values`, () => {
      const x = hashValues(size, 2);
      const sum = x.reduce((total, value) => total + value, 0);
      // Exact except for the roundings of float64 and one rounding of float32.
      expect(Math.abs(tf.sum(tf.tensor1d(x)).dataSync()[0]! - sum)).toBeLessThan(
        2 * unit * Math.max(1, Math.abs(sum)),
      );
    });
  }

  it('show NaN', () => {
    const x = tf.tensor1d([1, Number.NaN, 2]);
    for (const result of [tf.sum(x), tf.max(x), tf.min(x)]) expect(result.dataSync()[0]).toBeNaN();
  });

  it('give the same bits with their chunks in any order', () => {
    const processor = new Processor();
    for (const size of [
      { outer: 1, reduced: 200_000, inner: 1 },
      { outer: 3, reduced: 9000, inner: 13 },
      { outer: 2, reduced: 7, inner: 9001 },
    ]) {
      const count = size.outer * size.reduced * size.inner;
      const results = size.outer * size.inner;
      const at = {
        source: processor.heap.allocate(count * 4),
        target: processor.heap.allocate(results * 4),
        parts: processor.heap.allocate(reductionRoom(size)),
      };
      processor.floatsAt(at.source, count).set(hashValues(count, 3));
      const calls = reductionCalls(size, modes.sum, 0.5, at);
      for (const call of calls) processor.run(call);
      const forwards = processor.floatsAt(at.target, results).slice();
      processor.floatsAt(at.target, results).fill(0);
      for (const call of calls) runBackwards(processor, call);
      expect(processor.floatsAt(at.target, results)).toEqual(forwards);
    }
  });
});

describe('layouts', () => {
  const shape = [3, 4, 5, 6] as [number, number, number, number];
  const values = Float32Array.from({ length: 360 }, (_, i) => i);
  const x = () => tf.tensor4d(values, shape);
  const at = (...index: number[]) => index.reduce((sum, value, axis) => sum * shape[axis]! + value, 0);

  it('are sliced', () => {
    const sliced = tf.slice(x(), [1, 0, 2, 3], [2, 3, -1, 2]);
    expect(sliced.shape).toEqual([2, 3, 3, 2]);
    const expected: number[] = [];
    for (let i = 1; i < 3; i++)
      for (let j = 0; j < 3; j++)
        for (let k = 2; k < 5; k++) for (let l = 3; l < 5; l++) expected.push(at(i, j, k, l));
    expect([...sliced.dataSync()]).toEqual(expected);
    expect([...tf.slice(x(), [2]).dataSync()]).toEqual([...values.slice(240)]);
  });

  for (const axis of [0, 1, 2, 3]) {
    it(`are taken apart and joined along axis ${axis}`, () => {
      const begin = shape.map((_, index) => (index === axis ? 1 : 0));
      const head = shape.map((size, index) => (index === axis ? 1 : size));
      const parts = [tf.slice(x(), [0, 0, 0, 0], head), tf.slice(x(), begin)];
      expect(tf.concat(parts, axis).dataSync()).toEqual(values);
    });
  }

  for (const order of [
    [0, 1, 2, 3],
    [3, 2, 1, 0],
    [0, 3, 1, 2],
    [1, 0, 3, 2],
  ]) {
    it(`are transposed by ${order}, and back`, () => {
      const there = tf.transpose(x(), order);
      expect(there.dataSync()[1]).toBe(tf.util.computeStrides(shape).concat(1)[order[3]!]);
      const back = order.map((_, axis) => order.indexOf(axis));
      expect(tf.transpose(there, back).dataSync()).toEqual(values);
    });
  }

  it('are repeated', () => {
    const tiled = tf.tile(tf.tensor2d([1, 2, 3, 4], [2, 2]), [2, 3]);
    expect([...tiled.dataSync()]).toEqual([
      ...[1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4],
      ...[1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4],
    ]);
  });

  it('share their values where only the shape changes', () => {
    const before = tf.memory().numDataBuffers;
    const source = x();
    const flat = tf.reshape(source, [-1]);
    const wide = tf.expandDims(source, -1);
    expect([flat.shape, wide.shape]).toEqual([[360], [...shape, 1]]);
    expect(tf.memory().numDataBuffers - before).toBe(1);
    source.dispose();
    expect(flat.dataSync()).toEqual(values);
  });
});

describe('joinAxes', () => {
  it('joins what all tensors walk in one go, and leaves the rest', () => {
    const [dense, repeated] = [
      { size: 2, steps: [12, 12] },
      { size: 3, steps: [4, 0] },
    ];
    const last = { size: 4, steps: [1, 1] };
    expect(joinAxes([dense, { size: 3, steps: [4, 4] }, last])).toEqual([{ size: 24, steps: [1, 1] }]);
    expect(joinAxes([dense, repeated, last])).toEqual([dense, repeated, last]);
    expect(joinAxes([{ size: 1, steps: [0, 7] }, last])).toEqual([last]);
    expect(joinAxes([{ size: 1, steps: [0, 7] }])).toEqual([{ size: 1, steps: [1, 1] }]);
  });
});

describe('gradients through stock ops', () => {
  it('reach through the mean squared error', () => {
    const [x, y] = [hashValues(48, 1), hashValues(48, 2)];
    const { value, grad } = tf.valueAndGrad(
      (t) => tf.mul(tf.mean(tf.squaredDifference(tf.tensor1d(x), t)), 3) as tf.Scalar,
    )(tf.tensor1d(y));
    const differences = y.map((v, i) => v - x[i]!);
    const expected = (3 * differences.reduce((sum, d) => sum + d * d, 0)) / 48;
    expect(Math.abs(value.dataSync()[0]! - expected)).toBeLessThan(8 * unit);
    expect(
      largestDifference(
        grad.dataSync(),
        differences.map((d) => d / 8),
      ),
    ).toBeLessThan(2 * unit);
  });
});
