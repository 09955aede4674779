import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeBackends } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { accumulateAll, writeValues } from '../elementwise/in-place.ts';
import { createSnapshot } from '../elementwise/tensor-snapshot.ts';
import { makeSideBySide, placeSideBySide } from './side-by-side.ts';

const sizes = [1, 3, 64, 65, 300];
const valuesOf = (seed: number): Float32Array[] => sizes.map((size) => hashValues(size, seed + size));

describeBackends('tensors side by side', () => {
  it('hold copies, which change by themselves, together and through what holds all', async () => {
    const given = valuesOf(1);
    const placed = makeSideBySide(() => given.map((values) => tf.tensor1d(values)));
    const snapshot = createSnapshot(placed.whole);
    for (const [index, tensor] of placed.tensors.entries()) expect(await tensor.data()).toEqual(given[index]);
    const other = valuesOf(2);
    writeValues(placed.tensors[3]!, other[3]!);
    expect(await placed.tensors[3]!.data()).toEqual(other[3]);
    expect(await placed.tensors[2]!.data()).toEqual(given[2]);
    expect(await placed.tensors[4]!.data()).toEqual(given[4]);
    snapshot.restore();
    expect(await placed.tensors[3]!.data()).toEqual(given[3]);
    // A stock kernel finds them too.
    expect(await tf.add(placed.tensors[1]!, 1).data()).toEqual(given[1]!.map((value) => value + 1));
    snapshot.dispose();
    placed.dispose();
  });

  it('are added to whether the sources lie side by side or not', async () => {
    const [given, others] = [valuesOf(1), valuesOf(2)];
    const targets = makeSideBySide(() => given.map((values) => tf.tensor1d(values)));
    const apart = others.map((values) => tf.tensor1d(values));
    const together = placeSideBySide(apart);
    await targets.tensors[0]!.data();
    accumulateAll(targets.tensors, apart);
    accumulateAll(targets.tensors, together.tensors);
    accumulateAll(apart, together.tensors);
    for (const [index, tensor] of targets.tensors.entries()) {
      const expected = given[index]!.map(
        (value, i) => Math.fround(value + others[index]![i]!) + others[index]![i]!,
      );
      expect(await tensor.data()).toEqual(expected);
      expect(await apart[index]!.data()).toEqual(others[index]!.map((value) => 2 * value));
    }
    targets.dispose();
    together.dispose();
  });

  it('leave nothing behind', () => {
    const before = [tf.memory().numTensors, tf.engine().backend.numDataIds()];
    makeSideBySide(() => valuesOf(1).map((values) => tf.tensor1d(values))).dispose();
    expect([tf.memory().numTensors, tf.engine().backend.numDataIds()]).toEqual(before);
  });

  it('refuse to be added to by other shapes', () => {
    expect(() => accumulateAll([tf.zeros([2])], [tf.zeros([3])])).toThrow('[2] and [3]');
  });
});
