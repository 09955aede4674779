/** Checks that every control of the page has a hint. */
import type { Page } from '@playwright/test';
import { expect } from './test.ts';

const controls = [
  'button',
  'input:not([type="file"])',
  'select',
  'summary',
  ...['button', 'slider', 'separator', 'radio', 'switch', 'tab', 'checkbox'].map(
    (role) => `[role="${role}"]`,
  ),
].join(', ');

/** Controls whose label says everything. */
const exempt = [
  // An image: its name has its path, class, outcome and score.
  '.gallery-button',
  // Buttons of a dialog: the dialog's text explains them.
  '.dialog-buttons .button',
  '.dialog-choice',
  // Items of an open menu and their lines, which are written out.
  '[role="menu"] *',
  // The tour explains itself.
  '.driver-popover *',
  // Contents of the Method page: each item names its section.
  '.method-nav button',
  // The same for the results.
  '.section-links button',
].join(', ');

const controlsWithout = (page: Page): Promise<string[]> =>
  page.evaluate(
    ([all, exempted]) =>
      [...document.querySelectorAll(all)]
        .filter((control) => control.checkVisibility() && !control.closest('[inert], [aria-hidden="true"]'))
        .filter((control) => !control.matches(exempted) && !control.closest('[data-hint]'))
        .map((control) => control.outerHTML.slice(0, 160)),
    [controls, exempt] as const,
  );

/** Controls whose hint does not open on keyboard focus, including disabled ones. */
const silentOnes = (page: Page): Promise<string[]> =>
  page.evaluate(
    async ([all, exempted]) => {
      const frame = () => new Promise(requestAnimationFrame);
      const silent: string[] = [];
      const seen = new Set<Element>();
      const opened = () => [...document.querySelectorAll('.hint')].filter((hint) => !seen.has(hint));
      for (const control of document.querySelectorAll<HTMLElement>(all)) {
        if (!control.isConnected || !control.checkVisibility() || control.matches(exempted)) continue;
        if (control.closest('[inert], [aria-hidden="true"]')) continue;
        if (document.activeElement === control) control.blur();
        control.focus();
        let open = false;
        for (let frames = 0; frames < 20 && !open; frames++) {
          await frame();
          open = opened().length > 0;
        }
        if (!open || document.activeElement !== control) silent.push(control.outerHTML.slice(0, 160));
        for (const hint of opened()) seen.add(hint);
      }
      return silent;
    },
    [controls, exempt] as const,
  );

/**
 * Fails for each control without a hint that is not exempt.
 * @param state what the page shows, for the message
 * @param walk whether to move the keyboard focus to every control and require its hint to open, which takes some seconds
 */
export const expectHints = async (
  page: Page,
  state: string,
  walk: 'walk' | 'look' = 'look',
): Promise<void> => {
  expect.soft(await controlsWithout(page), `${state}: controls without a hint`).toEqual([]);
  if (walk === 'look') return;
  // Simulate a keyboard: hints do not open on a focus without an outline.
  await page.keyboard.press('Tab');
  expect.soft(await silentOnes(page), `${state}: hints that stay closed`).toEqual([]);
};
