/** The settings of the page as a link, with the settings that changed during the run. */
import { isChangeable, type LinkedChange } from '#core/run-change.ts';
import { type LinkParameter, settingsToFragment } from '#core/settings-link.ts';
import type { AppState } from '../app-state.ts';
import { changedSettings } from './state.ts';

const parameter: LinkParameter = 'changed';

/** The fragment of a link to the page's settings: `v=4&preset=quickLook&learningRate=0.001&changed=learningRate@120`. */
export const linkFragment = ({ run, race }: Pick<AppState, 'run' | 'race'>): string => {
  const fragment = settingsToFragment(run.config, race.planned);
  const changes = run.history.changes ?? [];
  if (changes.length === 0 || changedSettings(run, race).length > 0) return fragment;
  const parameters = new URLSearchParams(fragment);
  parameters.set(parameter, changes.map(({ setting, step }) => `${setting}@${step}`).join(','));
  return parameters.toString();
};

/**
 * Reads the changes that a link names; invalid ones are ignored, because no run depends on them.
 * @param fragment with or without `#`
 */
export const linkedChanges = (fragment: string): readonly LinkedChange[] => {
  const text = new URLSearchParams(fragment.replace(/^#/, '')).get(parameter) ?? '';
  return text.split(',').flatMap((entry) => {
    const [setting = '', step = ''] = entry.split('@');
    return isChangeable(setting) && /^\d+$/.test(step) ? [{ setting, step: Number(step) }] : [];
  });
};
