/** Text that is changed where it stands: Enter or leaving it takes the change, Escape takes it back. */
import { useState } from 'react';

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
    <input
      className="editable-text"
      aria-label={label}
      title={value}
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
  );
};
