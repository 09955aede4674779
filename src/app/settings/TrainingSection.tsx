/** The presets, and the settings of training. */
import { sides } from '#core/config.ts';
import { type PresetName, presetOf, presets } from '#core/presets.ts';
import { widthOptions } from '../shared/setting-options.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import type { HintContent } from '../ui/Hint.tsx';
import { Section } from '../ui/Section.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { ContinueRun } from './ContinueRun.tsx';
import { NumberSetting } from './NumberSetting.tsx';
import { RunSettingsNote } from './RunSettingsNote.tsx';
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
      <SelectSetting name="width" label="Width" options={widthOptions} />
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
      <ContinueRun />
      <RunSettingsNote />
    </Section>
  );
};
