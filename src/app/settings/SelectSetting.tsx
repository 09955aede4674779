/** A setting with a few values. */
import { useId } from 'react';
import type { RunConfig } from '#core/config.ts';
import { settingHints } from '../shared/hints/setting-hints.ts';
import { Hint, type HintContent } from '../ui/Hint.tsx';
import { Select } from '../ui/Select.tsx';
import { useSetting } from './use-setting.ts';

/** The reason for which a chosen value was refused, if it was. */
export const SettingRefusal = ({ refusal }: { readonly refusal: string | undefined }) =>
  refusal === undefined ? undefined : (
    <p className="setting-error" role="alert">
      {refusal}
    </p>
  );

interface SelectSettingProps<K extends keyof RunConfig> {
  readonly name: K;
  readonly label: string;
  /** The hint of the chosen value, if it says more than that of the setting. */
  readonly hint?: HintContent;
  readonly options: readonly { readonly value: RunConfig[K]; readonly label: string }[];
  readonly wide?: boolean;
  /** Why the setting has no effect now; undefined if it has one. */
  readonly blocked?: string | undefined;
}

export const SelectSetting = <K extends keyof RunConfig>({
  name,
  label,
  hint = settingHints[name],
  options,
  wide = false,
  blocked: pointless,
}: SelectSettingProps<K>) => {
  const { value, blocked: locked, changed, choose, refusal } = useSetting(name);
  const blocked = locked ?? pointless;
  const id = useId();
  return (
    <>
      <Hint {...hint} blocked={blocked}>
        <div className={`setting ${wide ? 'setting-wide' : ''} ${changed ? 'setting-changed' : ''}`}>
          <label htmlFor={id}>{label}</label>
          <Select
            id={id}
            value={value}
            options={options}
            aria-description={hint.text}
            blocked={blocked !== undefined}
            onChange={choose}
          />
        </div>
      </Hint>
      <SettingRefusal refusal={refusal} />
    </>
  );
};
