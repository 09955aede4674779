/** Initial weights, curriculum and schedule, for the settings column and the Method page. */
import { initialisationNames, scheduleNames } from '#core/config.ts';
import { NumberSetting } from './NumberSetting.tsx';
import { SelectSetting } from './SelectSetting.tsx';

const initialisationLabels = { pytorch: 'PyTorch', 'he-normal': 'He normal' } as const;

const initialisations = initialisationNames.map((value) => ({ value, label: initialisationLabels[value] }));
const schedules = scheduleNames.map((value) => ({ value, label: value }));

export const InitialWeightsSetting = () => (
  <SelectSetting name="initialisation" label="Initial weights" options={initialisations} />
);

export const CurriculumSetting = () => <NumberSetting name="curriculum" label="Curriculum" />;

export const ScheduleSetting = () => <SelectSetting name="schedule" label="Schedule" options={schedules} />;
