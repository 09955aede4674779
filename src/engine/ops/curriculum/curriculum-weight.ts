/** The frequency weight of a step of a curriculum, as a tfjs op. */
import { engine, type Scalar, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * `curriculumWeight` of core: w^s, rescaled to the mean of w over all frequencies but (0, 0). There it is `dcWeight` times
 * its largest value. Not differentiable.
 * @param weight w, float32 [S, S], unshifted, at least 0; the value at (0, 0) is not used
 * @param exponent s, in (0, 1), float32
 * @returns float32 [S, S], unshifted; the caller disposes it
 */
export const weightInCurriculum = (weight: Tensor2D, exponent: Scalar, dcWeight: number): Tensor2D =>
  engine().runKernel('ResiduaCurriculumWeight', { weight, exponent }, { dcWeight });
