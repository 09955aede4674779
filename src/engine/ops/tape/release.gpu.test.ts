import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeGpu } from '#testing/gpu.ts';
import { addRelu } from '../activation/activation.ts';

describeGpu('gradients that release what they used', () => {
  it('leave a gradient given by the user alone', () => {
    const x = tf.ones([1, 2, 2, 1]) as tf.Tensor4D;
    const dy = tf.ones([1, 2, 2, 1]);
    const dx = tf.grad((input) => addRelu(input as tf.Tensor4D, x))(x, dy);
    expect(dy.isDisposed).toBe(false);
    expect(x.isDisposed).toBe(false);
    expect(dx.isDisposed).toBe(false);
  });

  it('hold no more at once in a long chain than in a short one, beyond what the forward pass saved', () => {
    /** Data on the device at the gradient of the chain's first op, less the data before the pass. */
    const held = (length: number): number => {
      const before = tf.engine().backend.numDataIds();
      const x = tf.ones([1, 2, 2, 1]) as tf.Tensor4D;
      const other = tf.ones([1, 2, 2, 1]) as tf.Tensor4D;
      let during = 0;
      const watch = tf.customGrad((input) => ({
        value: (input as tf.Tensor).clone(),
        gradFunc: (dy: tf.Tensor) => {
          during = tf.engine().backend.numDataIds() - before;
          return dy.clone();
        },
      }));
      tf.tidy(() =>
        tf.grad((input) => {
          let y = watch(input) as tf.Tensor4D;
          for (let index = 0; index < length; index++) y = addRelu(y, other);
          return y;
        })(x),
      );
      tf.dispose([x, other]);
      return during;
    };
    expect(held(12)).toBe(held(3));
  });
});
