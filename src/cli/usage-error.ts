/** Errors of the arguments of `npm run train`. */
import { ResiduaError } from '#core/errors.ts';

/** An invalid argument. */
export const usageError = (problem: string): ResiduaError =>
  new ResiduaError('config-invalid', problem, 'See npm run train -- --help.');
