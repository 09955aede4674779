/** A page in a headless browser, Chromium or stock Firefox, reduced to the few calls that a command line needs. */
import { chromium } from 'playwright';
import { launch } from 'puppeteer-core';
import { type PlainError, ResiduaError } from '#core/errors.ts';
import { chromiumFlags, findChromium, findFirefox, firefoxPreferences } from './browsers.ts';
import type { BrowserName } from './train-command.ts';

/** An open page. */
export interface BrowserPage {
  /** Name and version of the browser. */
  readonly browser: string;
  /**
   * Calls a function in the page.
   * @param call is sent as text, so it can use its argument and the page's globals, but nothing from this module
   * @param argument plain JSON
   * @throws ResiduaError the rejection of the call in the page
   */
  run<Argument, Result>(
    call: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  close(): Promise<void>;
}

type Reply<Result> = { readonly value: Result } | { readonly error: PlainError };

const missing = (browser: string, variable: string): ResiduaError =>
  new ResiduaError(
    'no-webgpu',
    `${browser} was not found on this machine.`,
    `Install it, or set ${variable} to its executable.`,
  );

/** tsx wraps function names in a helper, `__name`, which the page lacks. */
const expressionOf = (call: string, argument: unknown): string => `(async () => {
  const __name = (named) => named;
  try {
    return { value: await (${call})(${JSON.stringify(argument)}) };
  } catch (thrown) {
    if (typeof thrown?.toPlain === 'function') return { error: thrown.toPlain() };
    return { error: { code: 'internal', problem: String(thrown?.message ?? thrown), remedy: '' } };
  }
})()`;

const pageOf = (
  browser: string,
  evaluate: (expression: string) => Promise<unknown>,
  close: () => Promise<void>,
): BrowserPage => ({
  browser,
  run: async <Argument, Result>(
    call: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result> => {
    // The page replies in JSON, of the type that the call was checked against.
    const reply = (await evaluate(expressionOf(call.toString(), argument))) as Reply<Result>;
    if ('error' in reply) throw ResiduaError.fromPlain(reply.error);
    return reply.value;
  },
  close,
});

/** The command itself closes the page on signals. */
const ownSignals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };

const openChromium = async (url: string): Promise<BrowserPage> => {
  const executablePath = findChromium();
  if (!executablePath) throw missing('Chromium or Chrome', 'CHROMIUM_PATH');
  const browser = await chromium.launch({
    executablePath,
    args: [...chromiumFlags],
    ...ownSignals,
  });
  const page = await browser.newPage();
  await page.goto(url);
  return pageOf(
    `chromium ${browser.version()}`,
    (expression) => page.evaluate(expression),
    () => browser.close(),
  );
};

const openFirefox = async (url: string): Promise<BrowserPage> => {
  const executablePath = findFirefox();
  if (!executablePath) throw missing('Firefox', 'FIREFOX_PATH');
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: firefoxPreferences,
    // One call can take as long as the training.
    protocolTimeout: 0,
    ...ownSignals,
  });
  const page = await browser.newPage();
  await page.goto(url);
  return pageOf(
    (await browser.version()).replace('/', ' '),
    (expression) => page.evaluate(expression),
    () => browser.close(),
  );
};

/**
 * Opens a page in a headless browser.
 * @throws ResiduaError `no-webgpu` if the browser is not installed
 */
export const openPage = (browser: BrowserName, url: string): Promise<BrowserPage> =>
  browser === 'firefox' ? openFirefox(url) : openChromium(url);
