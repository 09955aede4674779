/** Listens to everything that a private page must not do, in the page and in its workers. */
import type { Page } from '@playwright/test';

/** The listener of a page or worker; its errors reach the console of the page. */
const logViolations = (): void => {
  globalThis.addEventListener('securitypolicyviolation', (event) => {
    // Pages and workers both have the event, but not the same types.
    const { effectiveDirective, blockedURI, sourceFile, lineNumber } = event as SecurityPolicyViolationEvent;
    const where = 'document' in globalThis ? 'page' : 'worker';
    console.error(`policy in ${where}: ${effectiveDirective} ${blockedURI}, ${sourceFile}:${lineNumber}`);
  });
};

/**
 * Watches a page until it closes; to be called before it opens.
 * @param origin of the page
 * @returns a growing list: requests to other origins, violations of the content security policy, and errors on the console
 */
export const watchPage = async (page: Page, origin: string): Promise<string[]> => {
  const seen: string[] = [];
  await page.addInitScript(logViolations);
  page.on('worker', (worker) => {
    // A short-lived worker may be gone.
    void worker.evaluate(logViolations).catch(() => undefined);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') seen.push(message.text());
  });
  page.context().on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith(`blob:${origin}/`)) seen.push(`request: ${url}`);
  });
  return seen;
};
