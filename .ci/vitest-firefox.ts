/** A Vitest browser provider that drives the stock Firefox over WebDriver BiDi. */

import { defineBrowserProvider } from '@vitest/browser';
import { type Browser, launch, type Page } from 'puppeteer-core';
import type { BrowserProvider, TestProject } from 'vitest/node';
import { firefoxExecutable, firefoxPreferences } from '../src/cli/browsers.ts';

class FirefoxProvider implements BrowserProvider {
  readonly name = 'firefox-bidi';
  readonly supportsParallelism = false;
  private browser: Browser | undefined;
  private readonly pages = new Map<string, Page>();

  getCommandsContext(sessionId: string): Record<string, unknown> {
    return { page: this.pages.get(sessionId) };
  }

  async openPage(sessionId: string, url: string): Promise<void> {
    this.browser ??= await launch({
      browser: 'firefox',
      executablePath: firefoxExecutable(),
      headless: true,
      extraPrefsFirefox: firefoxPreferences,
      protocolTimeout: 1_200_000,
    });
    const page = await this.browser.newPage();
    this.pages.set(sessionId, page);
    await page.goto(url, { waitUntil: 'domcontentloaded', timeout: 60_000 });
  }

  async close(): Promise<void> {
    const browser = this.browser;
    this.browser = undefined;
    this.pages.clear();
    await browser?.close();
  }
}

/** The provider option for `test.browser.provider`. */
export const firefox = defineBrowserProvider({
  name: 'firefox-bidi',
  supportedBrowser: ['firefox'],
  options: {},
  providerFactory: (_project: TestProject) => new FirefoxProvider(),
});
