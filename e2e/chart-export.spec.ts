/** Each chart of the bench as a table and as a file, with all figures and a self-contained drawing. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { openApp, setConfig, transport, waitForPhase } from './helpers/app.ts';
import { expect, test } from './helpers/test.ts';

const quick = { side: 32, width: 0.25, batch: 8, epochs: 2, evaluateEvery: 1, seed: 5, loss: 'l2' } as const;

const openMenu = (page: Page, chart: string): Promise<void> =>
  page.getByRole('button', { name: `Chart menu: ${chart}`, exact: true }).click();

const choose = (page: Page, item: string): Promise<void> =>
  page.getByRole('menuitem', { name: item }).click();

/** The file that a menu item saves. */
const download = async (page: Page, chart: string, kind: 'CSV' | 'SVG' | 'PNG'): Promise<Buffer> => {
  await openMenu(page, chart);
  const [saved] = await Promise.all([page.waitForEvent('download'), choose(page, `Download ${kind}`)]);
  expect(saved.suggestedFilename()).toMatch(new RegExp(`^sample-part-.*seed5-.*\\.${kind.toLowerCase()}$`));
  return readFile(await saved.path());
};

/** Lines of a CSV whose cells need no quotes. */
const linesOf = (csv: string): readonly (readonly string[])[] =>
  csv
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split(','));

interface Drawing {
  readonly parsed: boolean;
  readonly texts: readonly string[];
  readonly shapes: number;
}

const drawingOf = (page: Page, svg: string): Promise<Drawing> =>
  page.evaluate((markup) => {
    const parsed = new DOMParser().parseFromString(markup, 'image/svg+xml');
    return {
      parsed: parsed.documentElement.tagName === 'svg' && !parsed.querySelector('parsererror'),
      texts: Array.from(parsed.querySelectorAll('text'), ({ textContent }) => textContent ?? ''),
      shapes: parsed.querySelectorAll('g path, g image').length,
    };
  }, svg);

/** Whether the document looks the same with any fallback font of the machine. */
const carriesItsFont = (page: Page, svg: string): Promise<boolean> =>
  page.evaluate(async (markup) => {
    const pixelsWith = async (family: string): Promise<string> => {
      const image = new Image();
      const source = markup.replace(/ font-family="[^"]*"/, ` font-family="Inter, ${family}"`);
      image.src = URL.createObjectURL(new Blob([source], { type: 'image/svg+xml' }));
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL();
    };
    return (await pixelsWith('monospace')) === (await pixelsWith('sans-serif'));
  }, svg);

test('each chart exports all its figures as CSV and as a table, and its drawing as SVG and PNG', async ({
  page,
}) => {
  await openApp(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await setConfig(page, quick);
  await transport(page, 'Train').click();
  const { steps, evaluations } = await waitForPhase(page, 'finished');
  const spectra = await page.evaluate(() => window.residua.store.getState().run.history.spectra.length);
  await page.waitForFunction(() => window.residua.store.getState().metrics.lowCut !== undefined);
  const cutOffs = await page.evaluate(
    () => window.residua.store.getState().metrics.lowCut?.points.length ?? 0,
  );
  // A row for each distinct score, and one above them all.
  const points = new Set(evaluations.at(-1)?.scores).size + 1;
  const charts = [
    { name: 'Loss', rows: steps.length, axes: ['step', 'loss, L2, log axis'] },
    { name: 'Image AUROC', rows: evaluations.length, axes: ['epoch', 'AUROC'] },
    { name: 'AUROC by low cut-off', rows: cutOffs, axes: ['AUROC'] },
    { name: 'Spectral bias, L2', rows: spectra, axes: ['epoch', 'radius (cycles per image), log axis'] },
    { name: 'Residual power by band of radius', rows: spectra, axes: ['epoch'] },
    { name: 'Score histogram', rows: 18, axes: ['images'] },
    { name: 'ROC curve', rows: points, axes: ['false positive rate', 'recall'] },
    { name: 'Precision-recall curve', rows: points, axes: ['recall', 'precision'] },
  ];
  for (const { name, rows, axes } of charts) {
    const csv = (await download(page, name, 'CSV')).toString('utf8');
    expect(linesOf(csv), name).toHaveLength(rows);
    const svg = (await download(page, name, 'SVG')).toString('utf8');
    expect(svg, name).not.toMatch(/var\(|class=|light-dark|https?:(?!\/\/www\.w3\.org\/2000\/svg)/);
    const drawing = await drawingOf(page, svg);
    expect(drawing.parsed, name).toBe(true);
    expect(drawing.texts, name).toEqual(expect.arrayContaining([name, ...axes]));
    expect(drawing.shapes, name).toBeGreaterThan(0);
    // --ink on white, although the page is dark.
    expect(svg, name).toContain('fill="rgb(28, 29, 26)"');
  }
  const losses = linesOf((await download(page, 'Loss', 'CSV')).toString('utf8'));
  expect(losses.map((cells) => cells.slice(0, 3).map(Number))).toEqual(
    steps.map(({ step, epoch, loss }) => [step, epoch, loss]),
  );
  const [metrics] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Metrics as CSV' }).click(),
  ]);
  const [all] = linesOf(await readFile(await metrics.path(), 'utf8'));
  const auroc = evaluations.at(-1)?.imageAuroc;
  expect([all?.[0], Number(all?.[1])]).toEqual(['all', auroc?.defined ? auroc.value : undefined]);
  const lossSvg = (await download(page, 'Loss', 'SVG')).toString('utf8');
  expect(await carriesItsFont(page, lossSvg)).toBe(true);
  // Without the font, the picture uses the fallback.
  expect(await carriesItsFont(page, lossSvg.replace(/<style>.*<\/style>/, ''))).toBe(false);
  const png = await download(page, 'Loss', 'PNG');
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  // Three pixels for each of the 640 + 2 * 20 units.
  expect(png.readUInt32BE(16)).toBe(3 * 680);
  for (const scale of [1, 2]) {
    await openMenu(page, 'Loss');
    await page.getByRole('menuitemradio', { name: `${scale}x`, exact: true }).click();
    const [saved] = await Promise.all([page.waitForEvent('download'), choose(page, 'Download PNG')]);
    expect(saved.suggestedFilename()).toMatch(new RegExp(`@${scale}x\\.png$`));
    expect((await readFile(await saved.path())).readUInt32BE(16)).toBe(scale * 680);
  }

  const { baselines } = await page.evaluate(() => window.residua.baselines());
  const references = baselines
    .filter(({ settings }) => settings !== undefined)
    .map(({ imageAuroc }) => (imageAuroc.defined ? imageAuroc.value.toFixed(4) : '–'));
  await openMenu(page, 'Image AUROC');
  await choose(page, 'Show as table');
  const table = page.getByRole('region', { name: 'Image AUROC' }).getByRole('table');
  await expect(table.getByRole('cell')).toHaveText(
    evaluations.flatMap(({ imageAuroc }, index) => [
      imageAuroc.defined ? imageAuroc.value.toFixed(4) : '–',
      ...references,
      index < evaluations.length - 1 ? 'chosen-on-test' : 'planned-end',
    ]),
  );
  await openMenu(page, 'Image AUROC');
  await choose(page, 'Show as chart');
  await expect(page.getByRole('figure', { name: /^Image AUROC by epoch/ })).toBeVisible();
});
