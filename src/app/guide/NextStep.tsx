/** One line with the next sensible step. Its place has a fixed height: a longer sentence moves nothing. */
import { useShallow } from 'zustand/react/shallow';
import { nextStep } from '#store/guide/next-step.ts';
import { useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { actionHint, actionLabel, useNextAction } from './use-next-action.ts';
import '../shared/next-step.css';

export const NextStep = () => {
  const { text, action } = useApp(useShallow(nextStep));
  const label = useApp((state) => action && actionLabel(action, state));
  const act = useNextAction();
  return (
    <>
      <p className="next-step-text" aria-live="polite" title={text} data-testid="next-step">
        {text}
      </p>
      {action && (
        <Button hint={actionHint(action)} onClick={() => act(action)}>
          {label}
        </Button>
      )}
    </>
  );
};
