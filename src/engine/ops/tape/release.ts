/**
 * Frees what a gradient has used up while the tape still runs. tfjs itself frees the tensors saved for the backward pass,
 * and all gradients between layers, only when the whole pass is over, which doubles a training step's peak memory.
 */
import { engine, type Tensor } from '@tensorflow/tfjs-core';

/** tfjs's name for the scope in which it walks the tape. */
const backwardScope = 'backward';

/**
 * Frees the tensors that an op saved for its gradient. For the end of a `gradFunc`, when it has computed all gradients:
 * each saved tensor is a handle of the op's own, and the data lives on while another op holds it. The op then has no
 * second gradient.
 */
export const releaseSaved = (saved: readonly Tensor[]): void => {
  for (const tensor of saved) tensor.dispose();
};

/**
 * Frees the gradient of an op's output, for the end of a `gradFunc`: the tape asks each op once, when all that used its
 * output have answered. A `dy` that a user gave to `tf.grad` was made outside the backward pass and stays.
 */
export const releaseOutputGradient = (dy: Tensor): void => {
  const { scopeStack } = engine().state;
  if (scopeStack.some(({ name, id }) => name === backwardScope && id === dy.scopeId)) dy.dispose();
};
