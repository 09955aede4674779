/** The presets, and the settings of training. */
import { sides, widths } from '#core/config.ts';
import { type PresetName, presetOf, presets } from '#core/presets.ts';
import { changedSettings } from '#store/run/state.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount } from '../ui/format.ts';
import type { HintContent } from '../ui/Hint.tsx';
import { Section } from '../ui/Section.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { NumberSetting } from './NumberSetting.tsx';
import { InitialWeightsSetting, ScheduleSetting } from './recipe-settings.tsx';
import { SelectSetting } from './SelectSetting.tsx';
import { UndoRedo } from './UndoRedo.tsx';
import { settingsBlock } from './use-setting.ts';

const presetOptions: readonly { value: PresetName | 'custom'; label: string; hint: HintContent }[] = [
  {
    value: 'quickLook',
    label: 'Quick look',
    hint: { text: 'Small: shows results within minutes on any device.' },
  },
  {
    value: 'recommended',
    label: 'Recommended',
    hint: {
      text: 'The paper’s settings, but with a trained mean, recalibrated batch norm and the mean residual removed.',
    },
  },
  { value: 'paper', label: 'Paper', hint: { text: 'The paper’s settings as printed.' } },
  { value: 'custom', label: 'Custom', hint: { text: 'Your own settings.' } },
];

const isPreset = (value: string): value is PresetName => value in presets;

/** Says whether settings are locked, and whether changed settings need a new run. */
const LockNote = () => {
  const running = useApp((state) => state.run.status.phase === 'running');
  const queued = useApp((state) => state.table.phase !== 'idle');
  const trained = useApp((state) => state.run.status.step > 0);
  const changed = useApp((state) => changedSettings(state.run).length);
  const { run: actions } = useActions();
  if (queued) return <p className="settings-note">The Table II queue controls the settings while it runs.</p>;
  if (running) return <p className="settings-note">Settings are locked while training.</p>;
  if (!trained || changed === 0) return null;
  return (
    <p className="settings-note">
      {formatCount(changed, 'setting')} changed: Train starts a new run.
      <Button tone="bare" hint="Restores the settings of the trained run." onClick={actions.revertSettings}>
        Revert
      </Button>
    </p>
  );
};

export const TrainingSection = () => {
  const config = useApp((state) => state.run.config);
  const blocked = useApp(settingsBlock);
  const parameterCount = useApp((state) => state.run.summary?.parameterCount);
  const { run } = useActions();
  return (
    <Section title="Training" className="preset" aside={<UndoRedo />}>
      <Segmented
        label="Preset"
        value={presetOf(config) ?? 'custom'}
        options={presetOptions}
        blocked={blocked}
        onChange={(name) => {
          if (isPreset(name)) run.applyPreset(name);
        }}
      />
      <SelectSetting
        name="side"
        label="Side"
        options={sides.map((side) => ({ value: side, label: `${side} px` }))}
      />
      <SelectSetting
        name="width"
        label="Width"
        options={widths.map((width) => ({ value: width, label: `× ${width}` }))}
      />
      <NumberSetting name="batch" label="Batch" />
      <NumberSetting name="epochs" label="Epochs" />
      <NumberSetting name="learningRate" label="Learning rate" />
      <ScheduleSetting />
      <NumberSetting name="weightDecay" label="Weight decay" />
      <InitialWeightsSetting />
      <NumberSetting name="holdOutPercent" label="Hold out, %" />
      <NumberSetting name="seed" label="Seed" />
      <NumberSetting name="evaluateEvery" label="Evaluate every" />
      {parameterCount !== undefined && (
        <p className="settings-note number">{parameterCount.toLocaleString('en')} parameters</p>
      )}
      <LockNote />
    </Section>
  );
};
