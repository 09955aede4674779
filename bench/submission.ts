/** How commands reach the GPU during timings: our step as one submission, everything else as in stock tfjs. */
import * as tf from '@tensorflow/tfjs-core';
import { submitRecorded } from '#engine/webgpu/submission.ts';

const batchFlag = 'WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE';
/** The default of tfjs 4.22. */
const stockDispatches = 15;
/** More than a step records. */
const allDispatches = 2 ** 31;

/** From now on, submits commands every fifteen dispatches: stock kernels run as their users run them. */
export const submitAsStock = (): void => tf.env().set(batchFlag, stockDispatches);

/** Records commands and submits them as a whole, as in training. */
export const submittedAsOne = <T>(record: () => T): T => {
  tf.env().set(batchFlag, allDispatches);
  try {
    return record();
  } finally {
    submitRecorded();
    submitAsStock();
  }
};
