/** Trains the finished run on, up to more epochs. */
import { useId, useState } from 'react';
import { hasCurriculum } from '#core/frequency-weight/curriculum.ts';
import { epochsReached } from '#core/run-change.ts';
import type { AppState } from '#store/app-state.ts';
import { continuingValues } from '#store/run/state.ts';
import { useActions, useApp, useAppStore } from '../shared/store-context.ts';
import { epochsMs, useAskLong } from '../shared/transport/train-time.ts';
import { Button } from '../ui/Button.tsx';
import { Hint } from '../ui/Hint.tsx';
import { settingsBlock } from './use-setting.ts';

/** Why the run cannot train on; undefined if it can. */
const continueBlock = (state: AppState): string | undefined => {
  const { run, race } = state;
  if (run.importedFrom !== undefined)
    return 'An opened run has no optimizer state, so it cannot train on. Train again starts a new run.';
  if (!continuingValues({ ...run, config: { ...run.config, epochs: Number.MAX_SAFE_INTEGER } }, race))
    return 'Settings that need a new run have changed. Revert them first.';
  return settingsBlock(state);
};

/** The effect on the schedule, if it depends on the number of epochs. */
const scheduleText = ({ run }: AppState): string => {
  const config = run.configured ?? run.config;
  const parts = [
    ...(config.schedule === 'cosine' ? ['the cosine rate rises again'] : []),
    ...(hasCurriculum(config) ? ['the curriculum may resume'] : []),
  ];
  return parts.length === 0
    ? 'The weights will equal those of a run that had these epochs from the start.'
    : `Schedule and curriculum go on as if these epochs had been planned: ${parts.join(', and ')}. The history notes the step.`;
};

const reached = ({ run }: AppState): number => epochsReached(run.status.step, run.status.stepsPerEpoch);

/** The suggestion: the changed epochs, the planned epochs of a stopped run, or twice the trained ones. */
const suggested = (state: AppState): number => {
  const least = reached(state);
  const { config } = state.run;
  return config.epochs > least ? config.epochs : 2 * least;
};

const longestRun = 100_000;

export const ContinueRun = () => {
  const finished = useApp(({ run }) => run.status.phase === 'finished' && run.status.step > 0);
  const blocked = useApp(continueBlock);
  const least = useApp(reached);
  const proposal = useApp(suggested);
  const effect = useApp(scheduleText);
  const { run } = useActions();
  const store = useAppStore();
  const askLong = useAskLong();
  const [draft, setDraft] = useState<string>();
  const id = useId();
  if (!finished) return null;
  const epochs = Number(draft ?? proposal);
  const fault =
    Number.isInteger(epochs) && epochs > least && epochs <= longestRun
      ? undefined
      : `Enter a whole number of epochs above ${least}.`;
  const press = async (): Promise<void> => {
    const { run: present } = store.getState();
    const { evaluateEvery } = present.config;
    const agreed = await askLong(epochsMs(present, { epochs: epochs - least, evaluateEvery }));
    if (!agreed) return;
    setDraft(undefined);
    await run.continueTo(epochs);
  };
  const text = `Trains this run on, with its weights, optimizer state and batch order. ${effect}`;
  return (
    <div className="continue-run">
      <div className="setting">
        <Hint text={text} blocked={blocked}>
          <div className="continue-field">
            <label htmlFor={id}>Continue to epoch</label>
            <input
              id={id}
              type="text"
              inputMode="numeric"
              autoComplete="off"
              value={draft ?? String(proposal)}
              readOnly={blocked !== undefined}
              aria-disabled={blocked !== undefined || undefined}
              aria-description={text}
              aria-invalid={fault !== undefined}
              onChange={({ currentTarget }) => setDraft(currentTarget.value)}
              onKeyDown={({ key }) => {
                if (key === 'Enter' && blocked === undefined && fault === undefined) void press();
                if (key === 'Escape') setDraft(undefined);
              }}
            />
          </div>
        </Hint>
        <Button hint={text} blocked={blocked ?? fault} onClick={() => void press()}>
          Continue
        </Button>
      </div>
      {blocked !== undefined && <p className="settings-note">{blocked}</p>}
    </div>
  );
};
