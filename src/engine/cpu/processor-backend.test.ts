import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as kernels from './kernel-numbers.ts';
import { floatWord, Processor } from './processor.ts';
import { ProcessorBackend } from './processor-backend.ts';

const name = 'processor-under-test';
let backend: ProcessorBackend;

beforeEach(async () => {
  backend = new ProcessorBackend(new Processor());
  tf.registerBackend(name, () => backend);
  await tf.setBackend(name);
});

afterEach(() => tf.removeBackend(name));

const fill = (target: tf.TensorInfo, value: number): void =>
  backend.run({
    kernel: kernels.fill,
    words: [backend.addressOf(target), floatWord(value), tf.util.sizeFromShape(target.shape)],
    chunks: 1,
  });

describe('ProcessorBackend', () => {
  it('holds values of each type and gives copies of them', async () => {
    const floats = tf.tensor1d([1.5, -2]);
    const integers = tf.tensor1d([3, -4], 'int32');
    const flags = tf.tensor1d([true, false], 'bool');
    expect([...(await floats.data())]).toEqual([1.5, -2]);
    expect([...integers.dataSync()]).toEqual([3, -4]);
    expect([...flags.dataSync()]).toEqual([1, 0]);
    const copy = floats.dataSync();
    fill(floats, 9);
    expect([...copy]).toEqual([1.5, -2]);
  });

  it('refuses text', () => {
    expect(() => tf.tensor1d(['a'])).toThrow('type string');
  });

  it('gives memory back with its tensor', () => {
    const before = backend.processor.heap.usedBytes;
    const tensor = tf.zeros([1000]);
    expect(backend.processor.heap.usedBytes).toBeGreaterThan(before);
    tensor.dispose();
    expect(backend.processor.heap.usedBytes).toBe(before);
  });
});

describe('ProcessorBackend.record', () => {
  it('runs the commands again on what the tensors hold by then', () => {
    const kept = tf.tensor1d([0, 0, 0]);
    const recording = backend.record(() => {
      const temporary = backend.makeOutput([3]);
      fill(temporary, 5);
      fill(kept, 2);
      backend.disposeData(temporary.dataId);
    });
    expect(recording.commands).toBe(2);
    expect([...kept.dataSync()]).toEqual([2, 2, 2]);
    backend.floatsOf(kept).fill(-1);
    recording.replay();
    expect([...kept.dataSync()]).toEqual([2, 2, 2]);
    recording.dispose();
  });

  it('keeps temporaries away from tensors that are made later', () => {
    const recording = backend.record(() => {
      const temporary = backend.makeOutput([64]);
      fill(temporary, 5);
      backend.disposeData(temporary.dataId);
    });
    const others = Array.from({ length: 8 }, (_, index) => tf.tensor1d(new Float32Array(64).fill(index)));
    recording.replay();
    others.forEach((other, index) => {
      expect(other.dataSync().every((value) => value === index)).toBe(true);
    });
    recording.dispose();
  });

  it('retains tensors that its commands read, though they were disposed of meanwhile', () => {
    const before = backend.processor.heap.usedBytes;
    const recording = backend.record(() => {
      const given = tf.tensor1d(new Float32Array(64).fill(3));
      fill(given, 4);
      given.dispose();
    });
    const later = tf.tensor1d(new Float32Array(64).fill(1));
    recording.replay();
    expect(later.dataSync().every((value) => value === 1)).toBe(true);
    later.dispose();
    recording.dispose();
    expect(backend.processor.heap.usedBytes).toBe(before);
  });

  it('lets recordings share the memory of their temporaries', () => {
    const record = () =>
      backend.record(() => {
        const temporary = backend.makeOutput([100_000]);
        fill(temporary, 1);
        backend.disposeData(temporary.dataId);
      });
    const first = record();
    const afterOne = backend.processor.heap.usedBytes;
    const second = record();
    expect(backend.processor.heap.usedBytes - afterOne).toBeLessThan(1000);
    first.dispose();
    second.replay();
    second.dispose();
  });

  it('refuses tensors that outlive it, nesting, and a replay after its end', () => {
    expect(() => backend.record(() => void backend.makeOutput([4]))).toThrow('outlive');
    const recording = new ProcessorBackend(new Processor()).record(() => undefined);
    recording.dispose();
    expect(() => recording.replay()).toThrow('disposed');
    expect(() => backend.record(() => void backend.record(() => undefined))).toThrow('nested');
  });
});
