/** A change of settings in a few words, for the undo and redo buttons. */
import { largestBandRadius, type RunConfig } from '#core/config.ts';
import { type PresetName, presets } from '#core/presets.ts';
import { changedNames, type SettingsChange } from '#store/settings-history/state.ts';
import { lossLabels, scoreLabels, settingLabel } from '../shared/labels.ts';

const presetTitles: Readonly<Record<PresetName, string>> = {
  quickLook: 'Quick look',
  recommended: 'Recommended',
  paper: 'Paper',
};

const valueText = (values: Partial<RunConfig>, name: keyof RunConfig): string => {
  if (name === 'loss' && values.loss) return lossLabels[values.loss];
  if (name === 'score' && values.score) return scoreLabels[values.score];
  if (name === 'bandHigh' && values.bandHigh === largestBandRadius) return 'all';
  return String(values[name]);
};

const presetText = (change: SettingsChange): string => {
  const name = (Object.keys(presets) as PresetName[]).find((preset) =>
    changedNames(change).every((key) => presets[preset][key] === change.after[key]),
  );
  return name ? `preset ${presetTitles[name]}` : 'preset';
};

/** `batch 8 → 16`, `preset Paper`, `preset` (by time), `3 settings from a link`. */
export const settingsChangeText = (change: SettingsChange): string => {
  const names = changedNames(change);
  const [first] = names;
  if (change.kind === 'preset') return presetText(change);
  if (names.length === 1 && first) {
    // A curve's points are too long to show.
    if (first === 'weightCurve') return 'weight curve';
    return `${settingLabel(first)} ${valueText(change.before, first)} → ${valueText(change.after, first)}`;
  }
  const count = `${names.length} settings`;
  if (change.kind === 'link') return `${count} from a link`;
  return change.kind === 'revert' ? `${count} reverted to the run’s` : count;
};
