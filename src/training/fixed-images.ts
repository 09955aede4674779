/** The tensors through which images reach recorded work: one per size and place, written each time before the work runs. */
import type * as tf from '@tensorflow/tfjs-core';
import { writeValues } from '#engine/ops/elementwise/in-place.ts';
import { uninitialized } from '#engine/ops/uninitialized/uninitialized.ts';

/** Owns its tensors until `dispose`. */
export class FixedImages {
  private readonly tensors = new Map<string, tf.Tensor4D>();
  private readonly scratch = new Map<number, Float32Array>();

  /** @param side S, in pixels */
  constructor(private readonly side: number) {}

  /**
   * Returns the tensor with this size and place, float32 [count, S, S, 3], which this object owns.
   * @param place number of the tensor, if several are needed at once
   */
  of(count: number, place = 0): tf.Tensor4D {
    const key = `${count}/${place}`;
    let tensor = this.tensors.get(key);
    if (!tensor) {
      tensor = uninitialized<tf.Rank.R4>([count, this.side, this.side, 3]);
      this.tensors.set(key, tensor);
    }
    return tensor;
  }

  /**
   * Writes images into the tensor with this size and place.
   * @param fill writes the values, in [0, 1], into an array of `count` images
   */
  write(count: number, place: number, fill: (values: Float32Array) => void): void {
    let values = this.scratch.get(count);
    if (!values) {
      values = new Float32Array(count * this.side * this.side * 3);
      this.scratch.set(count, values);
    }
    fill(values);
    writeValues(this.of(count, place), values);
  }

  dispose(): void {
    for (const tensor of this.tensors.values()) tensor.dispose();
    this.tensors.clear();
    this.scratch.clear();
  }
}
