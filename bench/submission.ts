/** How commands reach the GPU while timing: a step of ours as one submission, all else as stock tfjs sends them. */
import * as tf from '@tensorflow/tfjs-core';
import { submitRecorded } from '#engine/webgpu/submission.ts';

const batchFlag = 'WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE';
/** tfjs 4.22's own. */
const stockDispatches = 15;
/** More than a step records. */
const allDispatches = 2 ** 31;

/** From now on commands are submitted every fifteen dispatches: stock kernels get no other treatment than their users give. */
export const submitAsStock = (): void => tf.env().set(batchFlag, stockDispatches);

/** Records something and submits it as a whole, as training does. */
export const submittedAsOne = <T>(record: () => T): T => {
  tf.env().set(batchFlag, allDispatches);
  try {
    return record();
  } finally {
    submitRecorded();
    submitAsStock();
  }
};
