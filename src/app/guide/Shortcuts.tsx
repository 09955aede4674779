/** The keys of the page. A component listens to them, since their actions open dialogs that React provides. */
import { useEffect, useRef } from 'react';
import { useAppStore } from '../shared/store-context.ts';
import { useMainAction } from '../shared/transport/use-main-action.ts';
import { openShortcuts } from './guide-state.ts';

export type Shortcut = 'undo' | 'redo' | 'help' | 'train' | 'lecture';

/** Where a key was pressed: a field that takes text, a control that takes some keys, a dialog, or none of these. */
export type KeyPlace = 'text' | 'control' | 'dialog' | 'page';

/** A key press, as `KeyboardEvent` has it. */
export type KeyStroke = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'repeat'>;

/** The shortcut of a key press; undefined if the key belongs to the browser or to the focused control. */
export const shortcutOf = (
  { key, ctrlKey, metaKey, shiftKey, altKey, repeat }: KeyStroke,
  place: KeyPlace,
): Shortcut | undefined => {
  if (altKey || place === 'text' || place === 'dialog') return undefined;
  if (ctrlKey || metaKey) {
    const letter = key.toLowerCase();
    if (letter === 'z') return shiftKey ? 'redo' : 'undo';
    return letter === 'y' && ctrlKey && !shiftKey ? 'redo' : undefined;
  }
  // These would repeat while the key is held.
  if (repeat) return undefined;
  if (key === '?') return 'help';
  if (key === 'l' || key === 'L') return 'lecture';
  // The space bar presses a focused button or box.
  return key === ' ' && place === 'page' ? 'train' : undefined;
};

const textFields =
  'select, textarea, [contenteditable="true"], input:not([type=checkbox], [type=radio], [type=range], [type=button])';
const controls =
  'button, a[href], input, summary, [role=slider], [role=radio], [role=menuitem], [tabindex="0"]';
const dialogs = '[role=dialog], [role=alertdialog], [role=menu]';

/** The place of an event's target. */
export const placeOf = (target: EventTarget | null): KeyPlace => {
  if (!(target instanceof Element)) return 'page';
  if (document.querySelector(dialogs)) return 'dialog';
  if (target.closest(textFields)) return 'text';
  // Focus by the pointer leaves the keys to the page.
  if (target.matches('[data-focused-by-pointer]')) return 'page';
  return target.closest(controls) ? 'control' : 'page';
};

export const Shortcuts = () => {
  const store = useAppStore();
  const main = useRef(useMainAction());
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const shortcut = shortcutOf(event, placeOf(event.target));
      const { settings } = store.actions;
      // On the other pages the space bar scrolls.
      if (shortcut === undefined || (shortcut === 'train' && store.getState().view.page !== 'bench')) return;
      event.preventDefault();
      if (shortcut === 'undo') settings.undo();
      else if (shortcut === 'redo') settings.redo();
      else if (shortcut === 'help') openShortcuts(true);
      else if (shortcut === 'lecture') void store.actions.lecture.start();
      else void main.current();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [store]);
  return null;
};
