/**
 * Allows or refuses the user's actions while the Table II queue runs. Each slice declares the policy for each
 * of its actions as `<slice>Policy` in the slice's `actions.ts`.
 */
import { ResiduaError } from '#core/errors.ts';
import { patch, type StateApi } from '../app-state.ts';

/** The reasons to refuse an action. */
const problems = {
  images: 'The queue of Table II is running and uses the loaded images.',
  settings: 'The queue of Table II is running with its own settings.',
  training: 'The queue of Table II is running and controls the training.',
} as const;

/** The reason for a refusal, and where its error goes: into a slice, or into an exception. */
export interface Refusal {
  readonly refuse: keyof typeof problems;
  readonly report: 'dataset' | 'run' | 'throw';
}

/** An action that returns a value cannot be refused: a refused action has nothing to return. */
type PolicyFor<Action> = Action extends (...args: never) => infer Result
  ? Result extends void | Promise<void>
    ? 'allow' | Refusal
    : 'allow'
  : never;

/** The policy for each action of a slice. If an action has no policy, the code does not compile. */
export type QueuePolicy<Actions> = { readonly [Name in keyof Actions]: PolicyFor<Actions[Name]> };

const refusalError = ({ refuse }: Refusal): ResiduaError =>
  new ResiduaError('queue-running', problems[refuse], 'Pause the queue first, on the page Table II.');

/**
 * Returns the actions that the user's controls call. While the queue runs, a refused action only reports its error. Pausing
 * and stopping are allowed, and the queue pauses or stops too.
 */
export const guardByQueue = <Actions extends object>(
  api: StateApi,
  actions: Actions,
  policy: QueuePolicy<Actions>,
): Actions => {
  const guarded = { ...actions };
  for (const name of Object.keys(policy) as (keyof Actions & string)[]) {
    const rule = policy[name] as 'allow' | Refusal;
    if (rule === 'allow') continue;
    const action = actions[name] as (...args: readonly unknown[]) => void | Promise<void>;
    const guard = (...args: readonly unknown[]): void | Promise<void> => {
      if (api.getState().table.phase === 'idle') return action(...args);
      const error = refusalError(rule);
      if (rule.report === 'throw') throw error;
      patch(api, rule.report, { error: error.toPlain() });
      return Promise.resolve();
    };
    guarded[name] = guard as Actions[typeof name];
  }
  return guarded;
};
