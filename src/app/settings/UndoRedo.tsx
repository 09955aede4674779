/** Undoes and redoes changes of settings. The buttons name the change. */

import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { LineIcon } from '../ui/icons.tsx';
import { settingsChangeText } from './settings-change-text.ts';
import { settingsBlock } from './use-setting.ts';
import './settings.css';

interface HistoryButtonProps {
  readonly name: 'Undo' | 'Redo';
  readonly keys: string;
  /** The change to undo or redo; undefined if there is none. */
  readonly what: string | undefined;
  /** Why it is blocked now. */
  readonly lock: string | undefined;
  readonly onPress: () => void;
}

const arrows = {
  Undo: 'M4.5 2L1.8 4.7l2.7 2.7M2 4.7h5.2a2.9 2.9 0 010 5.8H5',
  Redo: 'M7.5 2l2.7 2.7-2.7 2.7M10 4.7H4.8a2.9 2.9 0 000 5.8H7',
} as const;

const HistoryButton = ({ name, keys, what, lock, onPress }: HistoryButtonProps) => {
  const blocked = what === undefined ? `There is nothing to ${name.toLowerCase()}.` : lock;
  return (
    <Button
      tone="bare"
      hint={what === undefined ? `${name} a change of settings (${keys}).` : `${name}: ${what} (${keys}).`}
      blocked={blocked}
      aria-label={what === undefined ? `${name} a setting` : `${name}: ${what}`}
      onClick={onPress}
    >
      <LineIcon path={arrows[name]} width={1.4} />
    </Button>
  );
};

export const UndoRedo = () => {
  const last = useApp(({ settings }) => settings.past.at(-1));
  const next = useApp(({ settings }) => settings.future[0]);
  const lock = useApp(settingsBlock);
  const { settings } = useActions();
  return (
    <span className="undo-redo">
      <HistoryButton
        name="Undo"
        keys="Ctrl Z"
        what={last && settingsChangeText(last)}
        lock={lock}
        onPress={settings.undo}
      />
      <HistoryButton
        name="Redo"
        keys="Ctrl Shift Z"
        what={next && settingsChangeText(next)}
        lock={lock}
        onPress={settings.redo}
      />
    </span>
  );
};
