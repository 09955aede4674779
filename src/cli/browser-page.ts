/** A page in a headless browser, Chromium or the stock Firefox, behind the few calls that a command line needs. */
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
   * @param call is sent as text: it sees its argument and the page's globals, nothing of this module
   * @param argument plain JSON
   * @throws ResiduaError the one that the call was rejected with in the page
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

/** tsx names functions through a helper that the page does not have: hence `__name`. */
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
    // The page answers in JSON: the type is the one that the call was checked against.
    const reply = (await evaluate(expressionOf(call.toString(), argument))) as Reply<Result>;
    if ('error' in reply) throw ResiduaError.fromPlain(reply.error);
    return reply.value;
  },
  close,
});

/** The command closes the page itself on signals. */
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
    // One call lasts as long as the training.
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
