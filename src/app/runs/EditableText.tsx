/** Text that is edited in place: Enter or blur accepts the change, Escape reverts it. */
import { useState } from 'react';
import { Hint } from '../ui/Hint.tsx';

const hint = 'type here to change it. Enter accepts the change, Escape reverts it.';

interface EditableTextProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}

export const EditableText = ({ label, value, placeholder, onChange }: EditableTextProps) => {
  const [draft, setDraft] = useState<string>();
  const take = (): void => {
    if (draft !== undefined && draft.trim() !== value) onChange(draft);
    setDraft(undefined);
  };
  return (
    <Hint side="bottom" text={[value, hint].filter((part) => part !== '').join(': ')}>
      <input
        className="editable-text"
        aria-label={label}
        placeholder={placeholder}
        value={draft ?? value}
        data-edited={draft !== undefined}
        spellCheck={false}
        onChange={({ currentTarget }) => setDraft(currentTarget.value)}
        onBlur={take}
        onKeyDown={({ key, currentTarget, nativeEvent }) => {
          if (nativeEvent.isComposing) return;
          if (key === 'Enter') currentTarget.blur();
          if (key === 'Escape') setDraft(undefined);
        }}
      />
    </Hint>
  );
};
