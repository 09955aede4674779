/** The presets: by time, from the pace of this device, and by name. */
import type { RunConfig } from '#core/config.ts';
import { type PresetName, presets } from '#core/presets.ts';
import { type TimedPresetName, timedPresetMs } from '#core/timed-presets.ts';
import { chosenPreset, type RunState } from '#store/run/state.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { formatCount, formatRoughly } from '../ui/format.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { settingsBlock } from './use-setting.ts';

const isPreset = (value: string): value is PresetName => value in presets;
const isTimed = (value: string): value is TimedPresetName => value in timedPresetMs;

type Sizes = Pick<RunConfig, 'side' | 'width' | 'batch' | 'epochs'>;

/** `Side 64, width × 0.25, batch 8, 120 epochs`. */
const sizesText = ({ side, width, batch, epochs }: Sizes): string =>
  `Side ${side}, width × ${width}, batch ${batch}, ${formatCount(epochs, 'epoch')}`;

const presetMeanings: Readonly<Record<PresetName, string>> = {
  quickLook: 'Small: shows results within minutes on any device.',
  recommended:
    'The paper’s settings, but with a trained mean, recalibrated batch norm and the mean residual removed.',
  paper: 'The paper’s settings as printed.',
};

type TimedPresets = RunState['timedPresets'];

const presetHint = (name: PresetName, timed: TimedPresets): string => {
  const time = timed ? `: about ${formatRoughly(timed.totalMs[name])} on this device` : '';
  return `${presetMeanings[name]} ${sizesText(presets[name])}${time}. The loss stays.`;
};

const timedOption = (value: TimedPresetName, label: string, timed: TimedPresets) => ({
  value,
  label,
  hint: {
    text: timed
      ? `The recommended settings in a size for about ${label} on this device, with all evaluations. ${sizesText(timed.sizes[value])}. The loss stays.`
      : `The recommended settings in a size for about ${label} on this device.`,
  },
  blocked: timed ? undefined : 'The pace of this device is being measured.',
});

export const PresetChoice = () => {
  const chosen = useApp((state) => chosenPreset(state.run));
  const timed = useApp((state) => state.run.timedPresets);
  const blocked = useApp(settingsBlock);
  const { run } = useActions();
  const named = (value: PresetName, label: string) => ({
    value,
    label,
    hint: { text: presetHint(value, timed) },
  });
  return (
    <Segmented
      label="Preset"
      value={chosen ?? 'custom'}
      options={[
        named('quickLook', 'Quick look'),
        timedOption('minute', '1 minute', timed),
        timedOption('tenMinutes', '10 minutes', timed),
        named('recommended', 'Recommended'),
        named('paper', 'Paper'),
        { value: 'custom', label: 'Custom', hint: { text: 'Your own settings.' } },
      ]}
      blocked={blocked}
      onChange={(name) => {
        if (isPreset(name)) run.applyPreset(name);
        else if (isTimed(name)) run.applyTimedPreset(name);
      }}
    />
  );
};
