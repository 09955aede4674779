/** Initial weights, curriculum and schedule, for the settings column and the Method page. */
import { initialisationOptions, scheduleOptions } from '../shared/setting-options.ts';
import { NumberSetting } from './NumberSetting.tsx';
import { SelectSetting } from './SelectSetting.tsx';

export const InitialWeightsSetting = () => (
  <SelectSetting name="initialisation" label="Initial weights" options={initialisationOptions} />
);

export const CurriculumSetting = () => <NumberSetting name="curriculum" label="Curriculum" />;

export const ScheduleSetting = () => (
  <SelectSetting name="schedule" label="Schedule" options={scheduleOptions} />
);
