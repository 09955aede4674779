/** The run that the lecture of a link was written for, while another one or none is shown. */
import type { RunConfig } from '#core/config.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { settingsToFragment } from '#core/settings-link.ts';
import type { AppState } from '../app-state.ts';
import type { MissingRun } from './state.ts';

/** Whether two runs have the same training settings, except those of the user's machine. */
const isSameTraining = (one: RunConfig, other: RunConfig): boolean =>
  settingsToFragment(one) === settingsToFragment({ ...other, ...evaluationSettingsOf(one) });

/** Returns the missing run; undefined if the link's run is here, or a run with its settings was opened or trained since. */
export const missingRun = ({
  lecture,
  run,
  pair,
}: Pick<AppState, 'lecture' | 'run' | 'pair'>): MissingRun | undefined => {
  const missing = lecture.missingRun;
  if (!missing || !run.configured || pair.phase === 'shown') return missing;
  return isSameTraining(missing.config, run.configured) ? undefined : missing;
};
