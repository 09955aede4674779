/** One of a few values of the run's settings. */

import { useId } from 'react';
import type { RunConfig } from '#core/config.ts';
import { type HintContent, settingHints } from '../guide/setting-hints.tsx';
import { Hint } from '../ui/Hint.tsx';
import { useSetting } from './use-setting.ts';

interface SelectSettingProps<K extends keyof RunConfig> {
  readonly name: K;
  readonly label: string;
  /** What the chosen value means, where that says more than what the setting means. */
  readonly hint?: HintContent;
  readonly options: readonly { readonly value: RunConfig[K]; readonly label: string }[];
  readonly wide?: boolean;
}

export const SelectSetting = <K extends keyof RunConfig>({
  name,
  label,
  hint = settingHints[name],
  options,
  wide = false,
}: SelectSettingProps<K>) => {
  const { value, locked, changed, set } = useSetting(name);
  const id = useId();
  return (
    <Hint {...hint}>
      <div className={`setting ${wide ? 'setting-wide' : ''} ${changed ? 'setting-changed' : ''}`}>
        <label htmlFor={id}>{label}</label>
        <select
          id={id}
          value={String(value)}
          aria-description={hint.text}
          disabled={locked}
          onChange={({ currentTarget }) => {
            const option = options[currentTarget.selectedIndex];
            if (option) set(option.value);
          }}
        >
          {options.map((option) => (
            <option key={String(option.value)} value={String(option.value)}>
              {option.label}
            </option>
          ))}
        </select>
      </div>
    </Hint>
  );
};
