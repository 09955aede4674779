/** A setting that is on or off. */
import { useId } from 'react';
import { Hint, type HintContent } from '../ui/Hint.tsx';

interface CheckSettingProps {
  readonly label: string;
  readonly hint: HintContent;
  readonly checked: boolean;
  /** Differs from the present run's. */
  readonly changed?: boolean;
  /** Why it is locked now; undefined if it is not. */
  readonly blocked?: string | undefined;
  readonly onChange: (checked: boolean) => void;
}

export const CheckSetting = ({ label, hint, checked, changed, blocked, onChange }: CheckSettingProps) => {
  const id = useId();
  return (
    <Hint {...hint} blocked={blocked}>
      <div className={`setting setting-check ${changed ? 'setting-changed' : ''}`}>
        <input
          id={id}
          type="checkbox"
          checked={checked}
          aria-disabled={blocked !== undefined || undefined}
          onChange={({ currentTarget }) => {
            if (blocked === undefined) onChange(currentTarget.checked);
          }}
        />
        <label htmlFor={id}>{label}</label>
      </div>
    </Hint>
  );
};
