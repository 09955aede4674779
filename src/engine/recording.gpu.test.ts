import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeBackends, describeGpu } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { heldBytes } from './device.ts';
import { accumulate, accumulateAll, copyInto, writeValues } from './ops/elementwise/in-place.ts';
import { makeSideBySide, placeSideBySide } from './ops/flat/side-by-side.ts';
import { record } from './recording.ts';
import { webgpuBackend } from './webgpu/backend.ts';
import { GpuRecording, recordOnWebGpu } from './webgpu/recorder.ts';
import { deferSubmissions, releaseFreeBuffers } from './webgpu/submission.ts';

describeBackends('record', () => {
  it('does the work once, and again at each replay, on what its inputs hold then', async () => {
    const input = tf.tensor1d([1, 2, 3]);
    const output = tf.zeros([3]);
    const total = tf.zeros([3]);
    const recording = record(() =>
      tf.tidy(() => {
        const doubled = tf.mul(input, tf.scalar(2));
        const shifted = tf.add(doubled, tf.tensor1d([10, 20, 30]));
        accumulate(total, shifted);
        copyInto(output, shifted);
      }),
    );
    expect(Array.from(await output.data())).toEqual([12, 24, 36]);
    writeValues(input, Float32Array.of(0, 1, 0));
    recording.replay();
    expect(Array.from(await output.data())).toEqual([10, 22, 30]);
    expect(Array.from(await total.data())).toEqual([22, 46, 66]);
    // Tensors made while the recording exists use none of its buffers.
    const others = Array.from({ length: 8 }, (_, index) => tf.add(input, index));
    recording.replay();
    expect(Array.from(await total.data())).toEqual([32, 68, 96]);
    expect(Array.from(await others[7]!.data())).toEqual([7, 8, 7]);
    recording.dispose();
  });

  it('replays gradients, lists and copies bit for bit', async () => {
    const shapes = [5, 64, 130];
    const parameters = makeSideBySide(() => shapes.map((size) => tf.tensor1d(hashValues(size, size))));
    const sums = makeSideBySide(() => shapes.map((size) => tf.zeros([size])));
    const work = (): void =>
      tf.tidy(() => {
        const gradient = tf.grads((...all) =>
          (all as tf.Tensor[])
            .map((values) => tf.sum(tf.square(tf.square(values))))
            .reduce((sum, part) => tf.add(sum, part)),
        );
        const placed = placeSideBySide(gradient([...parameters.tensors]));
        accumulateAll(sums.tensors, placed.tensors);
        accumulateAll(parameters.tensors, placed.tensors);
        placed.dispose();
      });
    const values = async () =>
      Promise.all(
        [...parameters.tensors, ...sums.tensors].map(async (tensor) => (await tensor.data()).slice()),
      );
    const restart = (): void => {
      for (const [index, size] of shapes.entries()) {
        writeValues(parameters.tensors[index]!, hashValues(size, size));
        writeValues(sums.tensors[index]!, new Float32Array(size));
      }
    };
    for (let step = 0; step < 3; step++) work();
    const eager = await values();
    restart();
    const recording = record(work);
    for (let step = 1; step < 3; step++) recording.replay();
    expect(await values()).toEqual(eager);
    recording.dispose();
    parameters.dispose();
    sums.dispose();
  });
});

describeGpu('a recording on WebGPU', () => {
  it('holds its plan’s bytes alone, shares them with others, and leaves nothing behind', async () => {
    deferSubmissions(webgpuBackend());
    const input = tf.zeros([1024]);
    const output = tf.zeros([1024]);
    await Promise.all([input.data(), tf.neg(input).data()]);
    copyInto(output, input);
    releaseFreeBuffers();
    const before = heldBytes();
    const chain = (length: number) => (): void =>
      tf.tidy(() => {
        let values: tf.Tensor = input;
        for (let index = 0; index < length; index++) values = tf.neg(values);
        copyInto(output, values);
      });
    const first = record(chain(9));
    // Two tensors of a chain are in use at once, and the last is written directly to its final place.
    const temporary = 2 * 4096;
    const uniforms = (dispatches: number): number => 256 * dispatches;
    expect(heldBytes() - before).toBe(temporary + uniforms(9));
    const second = record(chain(5));
    expect(heldBytes() - before).toBe(temporary + uniforms(9 + 5));
    for (const recording of [first, second]) recording.replay();
    first.dispose();
    expect(heldBytes() - before).toBe(temporary + uniforms(5));
    second.dispose();
    expect(heldBytes()).toBe(before);
    expect(() => first.replay()).toThrow('after its disposal');
  });

  it('makes no buffer, bind group or pipeline in a replay, and submits once', () => {
    const [input, output] = [tf.ones([300]), tf.zeros([300])];
    const recording = record(() => tf.tidy(() => copyInto(output, tf.exp(tf.neg(input)))));
    const { device } = webgpuBackend();
    const made: string[] = [];
    let submissions = 0;
    const names = ['createBuffer', 'createBindGroup', 'createComputePipeline', 'createShaderModule'] as const;
    const originals = names.map((name) => [name, device[name]] as const);
    for (const [name, original] of originals) {
      Object.assign(device, {
        [name]: (...given: unknown[]) => {
          made.push(name);
          return Reflect.apply(original, device, given);
        },
      });
    }
    const { queue } = device;
    const submit = queue.submit.bind(queue);
    Object.assign(queue, {
      submit: (commands: GPUCommandBuffer[]) => {
        submissions += 1;
        submit(commands);
      },
    });
    try {
      recording.replay();
    } finally {
      for (const name of names) Reflect.deleteProperty(device, name);
      Reflect.deleteProperty(queue, 'submit');
    }
    expect(made).toEqual([]);
    expect(submissions).toBe(1);
    recording.dispose();
  });

  it('omits copies whose source can be written to the target directly', async () => {
    const output = tf.zeros([8]);
    const input = tf.tensor1d(hashValues(8, 3));
    const elided = recordOnWebGpu(() => tf.tidy(() => copyInto(output, tf.neg(input))));
    expect(elided).toBeInstanceOf(GpuRecording);
    expect([elided.dispatches, elided.copies]).toEqual([1, 0]);
    // The first copy has to be made: the output's old values are read after the new values exist.
    const kept = recordOnWebGpu(() =>
      tf.tidy(() => {
        const next = tf.add(input, 1);
        const old = tf.add(output, next);
        copyInto(output, next);
        copyInto(input, old);
      }),
    );
    expect([kept.dispatches, kept.copies]).toEqual([2, 1]);
    const expected = hashValues(8, 3).map((value) => value + 1);
    expect(await output.data()).toEqual(expected);
    elided.dispose();
    kept.dispose();
  });

  it('can be disposed of after its device is lost, and another device records again', async () => {
    const open = async (name: string): Promise<WebGPUBackend> => {
      const adapter = (await navigator.gpu.requestAdapter())!;
      const backend = new WebGPUBackend(await adapter.requestDevice(), adapter.info);
      tf.registerBackend(name, () => backend);
      for (const { kernelName, kernelFunc } of tf.getKernelsForBackend('webgpu')) {
        tf.registerKernel({ kernelName, kernelFunc, backendName: name });
      }
      tf.setBackend(name);
      return backend;
    };
    const negated = (): { output: tf.Tensor; recording: GpuRecording } => {
      const input = tf.tensor1d([1, 2, 3]);
      const output = tf.zeros([3]);
      return { output, recording: recordOnWebGpu(() => tf.tidy(() => copyInto(output, tf.neg(input)))) };
    };
    const names = ['recording-lost', 'recording-next'];
    try {
      const lost = await open(names[0]!);
      const { recording } = negated();
      lost.device.destroy();
      await lost.device.lost;
      recording.replay();
      recording.dispose();
      await open(names[1]!);
      const next = negated();
      next.recording.replay();
      expect(Array.from(await next.output.data())).toEqual([-1, -2, -3]);
      next.recording.dispose();
    } finally {
      tf.setBackend('webgpu');
    }
  });

  it('refuses values written, another recording, and changed uploads within it', () => {
    const target = tf.zeros([4]);
    expect(() => record(() => writeValues(target, new Float32Array(4)))).toThrow('within a recording');
    expect(() => record(() => void record(() => undefined))).toThrow('within a recording');
    expect(() =>
      record(() =>
        tf.tidy(() => {
          const uploaded = tf.tensor1d([1, 2, 3, 4]);
          accumulate(uploaded, tf.neg(target) as tf.Tensor1D);
        }),
      ),
    ).toThrow('uploaded while it was made');
    // The backend is unchanged, and holds none of the values uploaded meanwhile.
    deferSubmissions(webgpuBackend());
    releaseFreeBuffers();
    const before = heldBytes();
    expect(() =>
      record(() =>
        tf.tidy(() => {
          tf.neg(tf.tensor1d([1, 2, 3, 4, 5]));
          throw new Error('on the way');
        }),
      ),
    ).toThrow('on the way');
    releaseFreeBuffers();
    expect(heldBytes()).toBe(before);
    record(() => copyInto(target, target.clone()));
  });
});
