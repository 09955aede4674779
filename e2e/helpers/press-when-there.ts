/** Presses a button that may disappear before a pointer could reach it. */
import type { Page } from '@playwright/test';

/** Presses the button with this label as soon as it exists; resolves afterward. */
export const pressWhenThere = (page: Page, label: string): Promise<void> =>
  page.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          const button = document.querySelector<HTMLButtonElement>(`button[aria-label="${wanted}"]`);
          if (!button) return;
          observer.disconnect();
          button.click();
          resolve();
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { childList: true, subtree: true });
        look();
      }),
    label,
  );
