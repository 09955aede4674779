/** The frequency weight of a step of a curriculum, as a tfjs op. */
import { engine, type Scalar, type Tensor2D } from '@tensorflow/tfjs-core';

/**
 * What `curriculumWeight` of core defines: w^s, rescaled to the mean of w over all frequencies but (0, 0), where it is
 * `dcWeight` times its own largest value. Not differentiable.
 * @param weight w, float32 [S, S], unshifted, none below 0; its (0, 0) is not used
 * @param exponent s, in (0, 1), float32
 * @returns float32 [S, S], unshifted; the caller disposes it
 */
export const weightInCurriculum = (weight: Tensor2D, exponent: Scalar, dcWeight: number): Tensor2D =>
  engine().runKernel('ResiduaCurriculumWeight', { weight, exponent }, { dcWeight });
