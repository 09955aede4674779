import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import {
  referenceBlockEnd,
  referenceBlockEndGradient,
  referenceMoments,
} from '#testing/batch-norm-reference.ts';
import { blockEndTolerance, makeBlockEnd, type Shape } from '#testing/block-end-case.ts';
import { largestDifference, largestMagnitude } from '#testing/compare.ts';
import { describeBackends } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { blockEnd } from './block-end.ts';

/**
 * Shapes of shortcuts: few and many values, odd channel counts, sides that are no powers of two, too many for
 * one dispatch.
 */
const shapes: Shape[] = [
  [2, 1, 1, 1],
  [2, 3, 5, 3],
  [3, 4, 2, 8],
  [5, 2, 2, 64],
  [2, 33, 31, 12],
  [4, 40, 48, 16],
];

describeBackends('blockEnd', () => {
  for (const shape of shapes) {
    for (const enlarge of [false, true]) {
      for (const projection of [false, true]) {
        const name = `${projection ? 'a projection' : 'a shortcut'} of [${shape}]${enlarge ? ', enlarged' : ''}`;
        it(`agrees with float64 on ${name}, gradient included`, async () => {
          const { given, shape: branchShape } = makeBlockEnd(shape, { enlarge, projection });
          const { branch, shortcut } = given;
          const x = tf.tensor4d(Float32Array.from(branch.x), branchShape);
          const affine = tf.tensor2d(Float32Array.from(branch.affine), [2, branch.channels]);
          const side = 'affine' in shortcut ? shortcut : { x: shortcut };
          const inputs: tf.Tensor[] = [x, affine, tf.tensor4d(Float32Array.from(side.x), shape)];
          if ('affine' in side)
            inputs.push(tf.tensor2d(Float32Array.from(side.affine), [2, branch.channels]));
          const apply = (...[a, b, c, d]: tf.Tensor[]) =>
            blockEnd(
              { x: a as tf.Tensor4D, affine: b as tf.Tensor2D },
              { x: c as tf.Tensor4D, ...(d ? { affine: d as tf.Tensor2D } : {}) },
            );
          const { y, statistics } = apply(...inputs);
          const tolerance = blockEndTolerance(given);
          expect(largestDifference(await y.data(), referenceBlockEnd(given))).toBeLessThan(tolerance);
          const moments = [branch, ...('affine' in shortcut ? [shortcut] : [])].flatMap((norm) => [
            ...referenceMoments(norm),
          ]);
          const got = await statistics.data();
          expect(largestDifference(got.slice(0, moments.length), moments)).toBeLessThan(tolerance);

          const weights = hashValues(branch.x.length, 4);
          const [dx, daffine, ds, dsAffine] = tf.grads((...all) => apply(...(all as tf.Tensor[])).y)(
            inputs,
            tf.tensor4d(weights, branchShape),
          ) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor | undefined];
          // The inputs are unchanged.
          expect(await x.data()).toEqual(Float32Array.from(branch.x));
          // As for one batch norm: terms are of the order of the largest dx, and a sum loses some units of a
          // term per row.
          const expected = referenceBlockEndGradient(given, weights);
          const sums = tolerance * (1 + Math.sqrt(branch.rows) / 8);
          const scale = Math.max(1, largestMagnitude(expected.branch.dx));
          expect(largestDifference(await dx.data(), expected.branch.dx)).toBeLessThan(8 * tolerance * scale);
          expect(largestDifference(await daffine.data(), expected.branch.daffine)).toBeLessThan(sums);
          const sideScale = Math.max(1, largestMagnitude(expected.shortcut.dx));
          expect(largestDifference(await ds.data(), expected.shortcut.dx)).toBeLessThan(
            8 * tolerance * sideScale,
          );
          if (dsAffine) {
            expect(largestDifference(await dsAffine.data(), expected.shortcut.daffine!)).toBeLessThan(sums);
          }
        });
      }
    }
  }

  it('lets NaN through ReLU, from the branch and from the shortcut', async () => {
    const affine = tf.ones([2, 1]) as tf.Tensor2D;
    const fine = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
    const broken = tf.fill([1, 2, 2, 1], Number.NaN) as tf.Tensor4D;
    for (const [x, s] of [
      [broken, fine],
      [fine, broken],
      [fine, tf.fill([1, 1, 1, 1], Number.NaN)],
    ] as const) {
      expect((await blockEnd({ x, affine }, { x: s as tf.Tensor4D }).y.data()).every(Number.isNaN)).toBe(
        true,
      );
    }
  });

  it('gives the same bits every time', async () => {
    const { given, shape } = makeBlockEnd([3, 31, 23, 8], { enlarge: false, projection: false });
    const x = tf.tensor4d(Float32Array.from(given.branch.x), shape);
    const run = () => blockEnd({ x, affine: tf.ones([2, 8]) }, { x }).y.data();
    expect(await run()).toEqual(await run());
  });

  it('leaves no tensors behind but its results', () => {
    const { given, shape } = makeBlockEnd([4, 8, 8, 16], { enlarge: false, projection: true });
    const x = tf.tensor4d(Float32Array.from(given.branch.x), shape);
    const affine = tf.ones([2, 16]) as tf.Tensor2D;
    const before = tf.memory().numTensors;
    const backendBefore = tf.engine().backend.numDataIds();
    const results = tf.tidy(() =>
      tf.valueAndGrads((a, b, c, d) =>
        tf.sum(
          blockEnd(
            { x: a as tf.Tensor4D, affine: b as tf.Tensor2D },
            { x: c as tf.Tensor4D, affine: d as tf.Tensor2D },
          ).y,
        ),
      )([x, affine, tf.neg(x), tf.zeros([2, 16])]),
    );
    expect(tf.memory().numTensors - before).toBe(5);
    expect(tf.engine().backend.numDataIds() - backendBefore).toBe(5);
    tf.dispose([results.value, ...results.grads]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('leaves nothing behind of a branch and a shortcut that only the tape holds', async () => {
    const x = tf.tensor4d(hashValues(240, 1), [2, 3, 5, 8]);
    const affine = tf.ones([2, 8]) as tf.Tensor2D;
    const end = (a: tf.Tensor, b: tf.Tensor) =>
      tf.tidy(() => {
        const branch = { x: tf.neg(a) as tf.Tensor4D, affine: b as tf.Tensor2D };
        return blockEnd(branch, { x: tf.square(a) as tf.Tensor4D, affine: b as tf.Tensor2D }).y;
      });
    const gradients = () => tf.tidy(() => tf.grads(end)([x, affine], tf.ones([2, 3, 5, 8])));
    const before = tf.engine().backend.numDataIds();
    const [first, second] = [gradients(), gradients()];
    expect(tf.engine().backend.numDataIds() - before).toBe(4);
    expect(await second[0]!.data()).toEqual(await first[0]!.data());
    expect(await x.data()).toEqual(hashValues(240, 1));
  });

  it('refuses shapes that do not fit', () => {
    const [x, affine] = [tf.zeros([1, 4, 4, 2]) as tf.Tensor4D, tf.zeros([2, 2]) as tf.Tensor2D];
    expect(() => blockEnd({ x, affine }, { x: tf.zeros([1, 2, 4, 2]) })).toThrow('half its sides');
    expect(() => blockEnd({ x, affine: tf.zeros([2, 3]) }, { x })).toThrow('expected [2, 2]');
  });
});
