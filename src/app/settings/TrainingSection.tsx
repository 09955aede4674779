/** The presets, and the settings of training. */
import { sides } from '#core/config.ts';
import { nonFiniteOptions, widthOptions } from '../shared/setting-options.ts';
import { useApp } from '../shared/store-context.ts';
import { Section } from '../ui/Section.tsx';
import { ContinueRun } from './ContinueRun.tsx';
import { NumberSetting } from './NumberSetting.tsx';
import { PresetChoice } from './PresetChoice.tsx';
import { RunSettingsNote } from './RunSettingsNote.tsx';
import { InitialWeightsSetting, ScheduleSetting } from './recipe-settings.tsx';
import { SelectSetting } from './SelectSetting.tsx';
import { UndoRedo } from './UndoRedo.tsx';

export const TrainingSection = () => {
  const parameterCount = useApp((state) => state.run.summary?.parameterCount);
  return (
    <Section title="Training" className="preset" aside={<UndoRedo />}>
      <PresetChoice />
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
      <SelectSetting name="nonFiniteStep" label="Non-finite step" options={nonFiniteOptions} />
      {parameterCount !== undefined && (
        <p className="settings-note number">{parameterCount.toLocaleString('en')} parameters</p>
      )}
      <ContinueRun />
      <RunSettingsNote />
    </Section>
  );
};
