/** A numeric setting: accepted on Enter or blur, or refused with a reason. */

import { type KeyboardEvent, useId, useState } from 'react';
import type { RunConfig } from '#core/config.ts';
import { asResiduaError } from '#core/errors.ts';
import { settingHints } from '../shared/hints/setting-hints.ts';
import { Hint } from '../ui/Hint.tsx';
import { useSetting } from './use-setting.ts';

type NumberKey = {
  [K in keyof RunConfig]: number extends RunConfig[K] ? K : never;
}[keyof RunConfig];

interface NumberSettingProps {
  readonly name: NumberKey;
  readonly label: string;
}

export const NumberSetting = ({ name, label }: NumberSettingProps) => {
  const { value, blocked, changed, set } = useSetting(name);
  const [draft, setDraft] = useState<string>();
  const [error, setError] = useState<string>();
  const id = useId();
  const errorId = `${id}-error`;

  const take = (): void => {
    if (draft === undefined) return;
    const number = draft.trim() === '' ? Number.NaN : Number(draft);
    try {
      if (Number.isNaN(number)) throw new Error(`${label} must be a number, such as ${value}.`);
      set(number);
      setDraft(undefined);
      setError(undefined);
    } catch (thrown) {
      setError(
        thrown instanceof Error && !('problem' in thrown) ? thrown.message : asResiduaError(thrown).problem,
      );
    }
  };

  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'Enter') take();
    if (key === 'Escape') {
      setDraft(undefined);
      setError(undefined);
    }
  };

  return (
    <>
      <Hint {...settingHints[name]} blocked={blocked}>
        <div className={changed ? 'setting setting-changed' : 'setting'}>
          <label htmlFor={id}>{label}</label>
          <input
            id={id}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            value={draft ?? String(value)}
            readOnly={blocked !== undefined}
            aria-disabled={blocked !== undefined || undefined}
            aria-description={settingHints[name].text}
            aria-invalid={error !== undefined}
            aria-describedby={error === undefined ? undefined : errorId}
            onChange={({ currentTarget }) => setDraft(currentTarget.value)}
            onBlur={take}
            onKeyDown={onKeyDown}
          />
        </div>
      </Hint>
      {error !== undefined && (
        <p className="setting-error" id={errorId} role="alert">
          {error}
        </p>
      )}
    </>
  );
};
