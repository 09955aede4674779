/** Pressing a button that may be gone before a pointer could reach it. */
import type { Page } from '@playwright/test';

/** Presses the button of this label as soon as it is in the page; resolves once it has. */
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
