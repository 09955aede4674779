/**
 * The page on plain static hosting, under a path: it isolates itself, keeps to its content security policy and its server, works
 * offline, announces new versions, and can be installed as an app.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { setConfig, snapshot, transport, waitForPhase, waitForStep } from './helpers/app.ts';
import { pngImage, writeCategory, writeFileAt } from './helpers/category-folder.ts';
import { dropFiles } from './helpers/drop.ts';
import { type PlainServer, servePlainly } from './helpers/plain-server.ts';
import { test as base, expect } from './helpers/test.ts';
import { watchPage } from './helpers/watch-page.ts';

const path = '/some/path/';

/** Chromium asks its maker about form fields, whatever the page. */
const ownOfChromium = 'content-autofill.googleapis.com:443';

interface HostedBuild {
  /** The served files. */
  readonly folder: string;
  /** Also the proxy of the browser: requests to other servers come to it. */
  readonly server: PlainServer;
}

const test = base.extend<{ hosted: HostedBuild }>({
  // `appUrl` has built the page.
  hosted: async ({ appUrl: _ }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'residua-hosting-'));
    cpSync('dist', folder, { recursive: true });
    const hosted = { folder, server: await servePlainly(folder, path) };
    await use(hosted);
    await hosted.server.close();
    rmSync(folder, { recursive: true });
  },
  proxy: async ({ hosted }, use) => use({ server: new URL(hosted.server.url).origin }),
});

test.use({ serviceWorkers: 'allow', contextOptions: { reducedMotion: 'reduce' } });

const isIsolated = (page: Page): Promise<boolean> => page.evaluate(() => crossOriginIsolated);

const ready = (page: Page): Promise<void> => page.evaluate(() => window.residua.ready);

const showPage = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name, exact: true }).click();

/** Text that would run code as HTML. File names cannot hold a slash. */
const markup = '<img src=x onerror="broken=1">';

/** Whether none of that text has become an element; `shown` is where a user reads it. */
const expectPlainText = async (page: Page, shown: ReturnType<Page['locator']>): Promise<void> => {
  await expect(shown.first()).toContainText(markup);
  expect(await page.locator('[onerror]').count()).toBe(0);
};

/** Attempts what the policy forbids; each would be seen if it succeeded. */
const attempt = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async (text) => {
    const done: string[] = [];
    // The browser allows code from text while a tool calls.
    await new Promise((resolve) => setTimeout(resolve));
    await fetch('https://example.com/').then(
      () => done.push('fetch'),
      () => undefined,
    );
    try {
      if (new Function('return 1')() === 1) done.push('code from text');
    } catch {}
    const script = document.createElement('script');
    script.textContent = 'broken = 2';
    const style = document.createElement('style');
    style.textContent = 'body { color: rgb(1, 2, 3); }';
    document.body.append(script, style);
    if (getComputedStyle(document.body).color === 'rgb(1, 2, 3)') done.push('inline style');
    const element = document.createElement('div');
    element.innerHTML = text;
    document.body.append(element);
    await new Promise((resolve) => setTimeout(resolve, 200));
    if ('broken' in window) done.push('inline script');
    for (const added of [script, style, element]) added.remove();
    return done;
  }, markup);

const theFirstVisitIsolatesItself = async (page: Page, { server }: HostedBuild): Promise<void> => {
  // A call into the page would count as an action of the user, after which the page does not reload by itself.
  let loads = 0;
  page.on('load', () => loads++);
  await page.goto(`${server.url}?empty`);
  await expect.poll(() => loads).toBe(2);
  expect(await isIsolated(page)).toBe(true);
};

const aLinkIsText = async (page: Page, { server }: HostedBuild): Promise<void> => {
  const text = encodeURIComponent(markup);
  await page.goto(`${server.url}?empty&linked#v=3&preset=${text}&lecture=1;bench,residual,,,${text}`);
  await ready(page);
  await expectPlainText(page, page.getByRole('alert'));
  await page.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click();
};

const thePolicyIsInForce = async (page: Page, seen: string[]): Promise<void> => {
  expect(await attempt(page)).toEqual([]);
  const [worker] = page.workers();
  expect(worker).toBeDefined();
  const sent = await worker?.evaluate(() =>
    fetch('https://example.com/').then(
      () => true,
      () => false,
    ),
  );
  expect(sent).toBe(false);
  // The page has the policy twice, in its meta element and in a header, and each reports.
  const heard = (): string[] => [
    ...new Set(seen.flatMap((line) => /^policy in (\w+: \S+)/.exec(line)?.[1] ?? [])),
  ];
  const forbidden = ['connect-src', 'script-src', 'script-src-attr', 'script-src-elem', 'style-src-elem'];
  await expect
    .poll(() => heard().sort())
    .toEqual([...forbidden.map((directive) => `page: ${directive}`), 'worker: connect-src']);
  seen.length = 0;
};

const aSessionKeepsToIt = async (page: Page, folder: string): Promise<void> => {
  const category = join(folder, markup);
  writeCategory(category, { train: 8, good: 3, defects: { [markup]: 3 } });
  writeFileAt(category, `test/good/${markup}.png`, pngImage(9));
  writeFileAt(category, `train/good/${markup}.txt`, 'notes');
  await dropFiles(page, [category]);
  const summary = page.getByTestId('dataset-summary');
  await expectPlainText(page, summary.locator('.data-name'));
  await summary.getByText('1 file skipped').click();
  await expectPlainText(page, summary.locator('details').getByRole('listitem'));

  await setConfig(page, { side: 32, width: 0.25, batch: 4, epochs: 4, evaluateEvery: 2 });
  await transport(page, 'Train').click();
  await waitForPhase(page, 'finished');
  await page.getByRole('button', { name: markup }).last().click();
  await expect(page.getByTestId('auroc')).toHaveText(/^\d\.\d{3}$/);

  const save = async (press: () => Promise<void>): Promise<string> => {
    const [saved] = await Promise.all([page.waitForEvent('download'), press()]);
    return saved.path();
  };
  const bundle = `${folder}/bundle.zip`;
  const exported = await save(() => page.getByRole('button', { name: 'Export', exact: true }).click());
  cpSync(exported, bundle);
  for (const kind of ['SVG', 'PNG'])
    await save(async () => {
      await page.getByRole('button', { name: 'Chart menu: Loss', exact: true }).click();
      await page.getByRole('menuitem', { name: `Download ${kind}` }).click();
    });

  for (const name of ['Spectrum', 'Figures', 'Table II', 'Method', 'Bench']) {
    await showPage(page, name);
    await expect(page.getByRole('main').first()).toBeVisible();
  }
  await page.getByRole('button', { name: 'Storage' }).click();
  const dialog = page.getByRole('dialog', { name: 'Storage' });
  await expect(dialog.getByTestId('storage-room')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Help' }).click();
  await page.getByRole('menuitem', { name: 'Take the tour' }).click();
  await expect(page.locator('.driver-popover')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  await expectPlainText(page, page.getByRole('dialog', { name: 'Lecture' }));
  await page.keyboard.press('Escape');

  const { evaluations } = await snapshot(page);
  await page.getByTestId('import-input').setInputFiles(bundle);
  await page.waitForFunction(() => window.residua.store.getState().run.importedFrom !== undefined);
  expect((await snapshot(page)).evaluations.at(-1)?.scores).toEqual(evaluations.at(-1)?.scores);
  expect(await page.locator('[onerror]').count()).toBe(0);
};

const itWorksWithoutItsServer = async (page: Page, { server }: HostedBuild): Promise<void> => {
  server.setDown(true);
  await page.reload();
  await ready(page);
  expect(await isIsolated(page)).toBe(true);
  await setConfig(page, { side: 32, width: 0.25, batch: 8, epochs: 500, evaluateEvery: 500 });
  await transport(page, 'Train').click();
  await waitForStep(page, 3);
};

/** The description of a page, by which two versions differ here. */
const description = (page: Page): Promise<string | null> =>
  page.locator('meta[name="description"]').getAttribute('content');

/** Publishes a version with another description. */
const publish = (folder: string): void => {
  const change = (name: string, from: RegExp, to: string): void => {
    const file = join(folder, name);
    const before = readFileSync(file, 'utf8');
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    writeFileSync(file, after);
  };
  change('index.html', /(?<=name="description"\s+content=")[^"]+/, 'The next version');
  change('service-worker.js', /(?<="index.html","revision":")\w+/, '0123456789abcdef');
};

const aNewVersionWaits = async (page: Page, hosted: HostedBuild): Promise<void> => {
  publish(hosted.folder);
  hosted.server.setDown(false);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  const notice = page.getByTestId('reload-notice');
  await expect(notice).toContainText('A new version is ready.');
  const reload = notice.getByRole('button', { name: 'Reload' });
  await expect(reload).toHaveAttribute('aria-disabled', 'true');
  const { status } = await snapshot(page);
  expect(status.phase).toBe('running');
  await waitForStep(page, status.step + 3);
  await transport(page, 'Stop').click();
  await waitForPhase(page, 'finished');

  const other = await page.context().newPage();
  await other.goto(`${hosted.server.url}?empty`);
  expect(await description(other)).toMatch(/^Train /);
  await expect(reload).not.toHaveAttribute('aria-disabled', 'true');
  await reload.click();
  await expect(notice).toContainText('while Residua is open in another tab');
  await other.close();
  await Promise.all([page.waitForEvent('load'), reload.click()]);
  expect(await description(page)).toBe('The next version');
  await ready(page);
};

test('under a path, without headers: isolated, private, offline, and updated only by a click', async ({
  page,
  hosted,
}) => {
  const seen = await watchPage(page, new URL(hosted.server.url).origin);
  const folder = mkdtempSync(join(tmpdir(), 'residua-private-'));
  await test.step('the first visit isolates itself', () => theFirstVisitIsolatesItself(page, hosted));
  await test.step('the texts of a link stay text', () => aLinkIsText(page, hosted));
  await test.step('the policy refuses other origins, code from text, and inline scripts and styles', () =>
    thePolicyIsInForce(page, seen));
  await test.step('a whole session violates nothing and sends nothing, and names stay text', () =>
    aSessionKeepsToIt(page, folder));
  await test.step('without its server it opens and trains', () => itWorksWithoutItsServer(page, hosted));
  await test.step('a new version waits for the end of the run, for other tabs, and for a click', () =>
    aNewVersionWaits(page, hosted));
  const elsewhere = hosted.server.foreign.filter((address) => address !== ownOfChromium);
  expect([...seen, ...elsewhere]).toEqual([]);
  rmSync(folder, { recursive: true });
});

/** In a browser with a profile: Chromium installs nothing in the private windows of the other tests. */
const testInProfile = test.extend({
  context: async ({ launchOptions, viewport, hosted: _ }, use) => {
    const profile = mkdtempSync(join(tmpdir(), 'residua-profile-'));
    // Chromium adds an installed app to the user's menu of applications, which is there.
    const env = { ...process.env, HOME: profile, XDG_DATA_HOME: profile, XDG_CONFIG_HOME: profile };
    const context = await chromium.launchPersistentContext(profile, { ...launchOptions, viewport, env });
    await use(context);
    await context.close();
    rmSync(profile, { recursive: true });
  },
  page: async ({ context }, use) => use(context.pages()[0] ?? (await context.newPage())),
});

/** Installs the page as an app, and opens that in a window of its own. */
const openAsApp = async (context: BrowserContext, page: Page, url: string): Promise<Page> => {
  const devtools = await context.newCDPSession(page);
  expect((await devtools.send('Page.getAppManifest')).errors).toEqual([]);
  expect((await devtools.send('Page.getInstallabilityErrors')).installabilityErrors).toEqual([]);
  const { appId: manifestId } = await devtools.send('Page.getAppId');
  expect(manifestId).toBe(url);
  await devtools.send('PWA.install', { manifestId: url, installUrlOrBundleUrl: url });
  await devtools.send('PWA.changeAppUserSettings', { manifestId: url, displayMode: 'standalone' });
  const [app] = await Promise.all([
    context.waitForEvent('page'),
    devtools.send('PWA.launch', { manifestId: url, url: `${url}?empty` }),
  ]);
  await app.waitForURL(/\?empty/);
  return app;
};

testInProfile(
  'after a click the page reloads only if told to; installed, it takes a folder',
  async ({ page, context, hosted }) => {
    await page.goto(`${hosted.server.url}?empty`);
    await page.getByRole('button', { name: 'Results panel' }).click();
    const notice = page.getByTestId('reload-notice');
    await expect(notice).toContainText('After a reload, training uses all processor cores.');
    expect(await isIsolated(page)).toBe(false);
    await Promise.all([page.waitForEvent('load'), notice.getByRole('button', { name: 'Reload' }).click()]);
    expect(await isIsolated(page)).toBe(true);

    const app = await openAsApp(context, page, hosted.server.url);
    await ready(app);
    expect(await app.evaluate(() => matchMedia('(display-mode: standalone)').matches)).toBe(true);
    expect(await isIsolated(app)).toBe(true);
    const folder = mkdtempSync(join(tmpdir(), 'residua-app-'));
    writeCategory(join(folder, 'bolt'), { train: 3, good: 2, defects: { spot: 2 } });
    await dropFiles(app, [join(folder, 'bolt')]);
    await expect(app.getByTestId('dataset-summary').locator('.data-name')).toHaveText(
      /^bolt.*3 train.*4 test/,
    );
    rmSync(folder, { recursive: true });
  },
);
