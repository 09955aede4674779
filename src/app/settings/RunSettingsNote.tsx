/** Whether settings are locked, and what changed settings do to the present run. */
import { changedSettings, continuingValues, leadingStatus, overallPhase } from '#store/run/state.ts';
import { settingLabel } from '../shared/labels.ts';
import { useActions, useApp, useAppStore } from '../shared/store-context.ts';
import { newRunMs, useAskLong } from '../shared/transport/train-time.ts';
import { Button } from '../ui/Button.tsx';
import { useConfirm } from '../ui/ConfirmProvider.tsx';
import { formatCount } from '../ui/format.ts';

/** `Learning rate`, `Learning rate and epochs`, `3 settings`. */
const namesText = (names: readonly string[]): string => {
  const text =
    names.length > 2 ? formatCount(names.length, 'setting') : names.map(settingLabel).join(' and ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
};

const Revert = () => {
  const { run } = useActions();
  return (
    <Button tone="bare" hint="Restores the settings of the trained run." onClick={run.revertSettings}>
      Revert
    </Button>
  );
};

/** The paused run can take over the changed settings. */
const ResumesWith = ({ names }: { readonly names: readonly string[] }) => {
  const steps = useApp((state) => leadingStatus(state.run, state.race).step);
  const { run } = useActions();
  const store = useAppStore();
  const confirm = useConfirm();
  const askLong = useAskLong();
  const startNew = async (): Promise<void> => {
    const agreed = await confirm({
      title: 'Start a new run?',
      body: `Training starts from new weights. The trained weights (${steps} steps) are not exported and will be lost.`,
      action: 'Start a new run',
    });
    if (agreed && (await askLong(newRunMs(store.getState().run)))) await run.startNew();
  };
  return (
    <p className="settings-note" data-testid="resumes-with">
      {namesText(names)} changed: Resume trains on with the new values, and the history notes the step.
      <Button
        tone="bare"
        hint="Trains new weights with these settings instead."
        onClick={() => void startNew()}
      >
        New run
      </Button>
      <Revert />
    </p>
  );
};

/** The link's run changed settings while it trained, so these settings alone give another run. */
const LinkedChanges = () => {
  const changes = useApp((state) => state.run.linkedChanges);
  const text = changes.map(({ setting, step }) => `${settingLabel(setting)} at step ${step}`).join(', ');
  return (
    <p className="settings-note" data-testid="linked-changes">
      The link’s run changed {text}. These are its last settings; a run that has them from the start will
      differ.
    </p>
  );
};

export const RunSettingsNote = () => {
  const phase = useApp((state) => overallPhase(state.run, state.race));
  const queued = useApp((state) => state.table.phase !== 'idle');
  const trained = useApp((state) => leadingStatus(state.run, state.race).step > 0);
  const run = useApp((state) => state.run);
  const race = useApp((state) => state.race);
  const names = changedSettings(run, race);
  if (queued) return <p className="settings-note">The Table II queue controls the settings while it runs.</p>;
  if (phase === 'running') {
    return (
      <p className="settings-note">
        Settings are locked while training. Pause to change the weight, the rate, the epochs or the
        evaluations of this run.
      </p>
    );
  }
  const linked = run.linkedChanges.length > 0;
  if (!trained && linked) return <LinkedChanges />;
  if (!trained || names.length === 0) return null;
  if (phase === 'paused' && continuingValues(run, race)) return <ResumesWith names={names} />;
  return (
    <p className="settings-note">
      {formatCount(names.length, 'setting')} changed: Train starts a new run.
      <Revert />
    </p>
  );
};
