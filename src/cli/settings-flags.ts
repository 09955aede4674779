/** A command-line flag for every setting of a run, derived from the schema of `RunConfig`. */
import { type RunConfig, runConfigSchema } from '#core/config.ts';
import { presets } from '#core/presets.ts';

export type SettingName = keyof RunConfig;

/** One setting as a flag. */
export interface SettingFlag {
  readonly setting: SettingName;
  /** Name without dashes: `dc-weight` for `dcWeight`. */
  readonly flag: string;
  /** Allowed values, in words: `l2 | ssim | wfdl`, `1 to 512`. */
  readonly allowed: string;
  /** Converts the flag's text to the setting's value. Text that is not a number stays text, for the schema to reject by name. */
  readonly read: (text: string) => string | number;
}

type SettingSchema = (typeof runConfigSchema.entries)[SettingName];

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const asNumber = (text: string): string | number => {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
};

const range = (schema: SettingSchema): string => {
  const steps = 'pipe' in schema ? schema.pipe : [];
  const bound = (type: 'min_value' | 'max_value'): number | undefined => {
    for (const step of steps) {
      if (step.type === type && 'requirement' in step && typeof step.requirement === 'number')
        return step.requirement;
    }
    return undefined;
  };
  // A check states its condition as `must be odd`.
  const checks = steps.flatMap((step) =>
    step.type === 'check' && typeof step.message === 'string' ? step.message.replace('must be ', ', ') : [],
  );
  return `${bound('min_value') ?? 'any'} to ${bound('max_value') ?? 'any'}${checks.join('')}`;
};

const flagOf = (setting: SettingName): SettingFlag => {
  const schema: SettingSchema = runConfigSchema.entries[setting];
  const flag = kebab(setting);
  if (schema.type === 'picklist') {
    const options: readonly (string | number)[] = schema.options;
    const numeric = options.every((option) => typeof option === 'number');
    return {
      setting,
      flag,
      allowed: options.join(' | '),
      read: numeric ? asNumber : (text) => text,
    };
  }
  if (schema.type === 'string') {
    return {
      setting,
      flag,
      allowed: `text such as ${presets.recommended[setting]}`,
      read: (text) => text,
    };
  }
  return { setting, flag, allowed: range(schema), read: asNumber };
};

/** The flags of all settings, in the schema's order. */
export const settingFlags: readonly SettingFlag[] = (
  Object.keys(runConfigSchema.entries) as SettingName[]
).map(flagOf);
