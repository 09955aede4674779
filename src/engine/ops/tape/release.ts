/**
 * Frees tensors that a gradient no longer needs while the tape still runs. tfjs frees the tensors saved for the backward pass,
 * and all gradients between layers, only at the end of the pass, which doubles a training step's peak memory.
 */
import { engine, type Tensor } from '@tensorflow/tfjs-core';

/** tfjs's name for the scope in which it walks the tape. */
const backwardScope = 'backward';

/**
 * Frees the tensors that an op saved for its gradient. Call it at the end of a `gradFunc`, after all gradients: each saved
 * tensor is the op's own handle, and the data survives while another op holds it. The op cannot be differentiated twice.
 */
export const releaseSaved = (saved: readonly Tensor[]): void => {
  for (const tensor of saved) tensor.dispose();
};

/**
 * Frees the gradient of an op's output. Call it at the end of a `gradFunc`: the tape calls that once, after the gradients of
 * all users of the output. A `dy` that the caller passed to `tf.grad` was made outside the backward pass and stays.
 */
export const releaseOutputGradient = (dy: Tensor): void => {
  const { scopeStack } = engine().state;
  if (scopeStack.some(({ name, id }) => name === backwardScope && id === dy.scopeId)) dy.dispose();
};
