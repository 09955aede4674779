/** The error of one kind of work in `run.error`: it disappears when work of that kind succeeds. */
import type { PlainError } from '#core/errors.ts';
import { patch, type StateApi } from '../app-state.ts';

export interface OwnError {
  show(error: PlainError): void;
  /** Removes the error that this kind of work showed, if it is still shown. */
  clear(): void;
}

export const createOwnError = (api: StateApi): OwnError => {
  let own: PlainError | undefined;
  return {
    show: (error) => {
      own = error;
      patch(api, 'run', { error });
    },
    clear: () => {
      if (own && api.getState().run.error === own) patch(api, 'run', { error: undefined });
      own = undefined;
    },
  };
};
