/** The controls of the objective: losses, weights, the drawn curve, and the page that explains them. */
import type { Page } from '@playwright/test';
import type { RunConfig } from '#core/config.ts';
import { openApp, setConfig, snapshot, transport, waitForPhase, waitForStep } from './helpers/app.ts';
import { expect, test } from './helpers/test.ts';

const objective = (page: Page) => page.getByRole('region', { name: 'Objective' });

const choose = (page: Page, loss: string): Promise<void> =>
  objective(page).getByRole('radio', { name: loss, exact: true }).click();

const setting = async <K extends keyof RunConfig>(page: Page, key: K): Promise<RunConfig[K]> =>
  (await snapshot(page)).config[key];

/** Names of the controls below the choice of loss. */
const controls = (page: Page): Promise<string[]> =>
  objective(page).locator('label, .setting-name').allTextContents();

const ssim = ['SSIM window, px', 'SSIM sigma, px', 'SSIM K₁', 'SSIM K₂'];

const controlsOfLoss: readonly (readonly [label: string, names: readonly string[]])[] = [
  ['L2', []],
  ['SSIM', ssim],
  ['Frequency', []],
  ['Focal', ['Focal α']],
  ['WFDL', ['Weight shape', 'DC weight', 'Curriculum']],
  ['Composite', ['L2 ×', 'SSIM ×', 'Frequency ×', 'WFDL ×', 'Focal ×', 'Focal α']],
];

const lossesBringTheirControls = async (page: Page): Promise<void> => {
  for (const [label, names] of controlsOfLoss) {
    await choose(page, label);
    expect(await controls(page), label).toEqual(names);
  }
  await expect(page.getByTestId('composite-sum')).toHaveText('L = 1 L2 + 1 Focal');
  const share = objective(page).getByLabel('SSIM ×');
  await share.fill('0.5');
  await share.press('Enter');
  await expect(page.getByTestId('composite-sum')).toHaveText('L = 1 L2 + 0.5 SSIM + 1 Focal');

  const window = objective(page).getByLabel('SSIM window, px');
  await window.fill('4');
  await window.press('Enter');
  await expect(objective(page).getByRole('alert')).toHaveText('The setting ssimWindow is 4: must be odd.');
  expect(await setting(page, 'ssimWindow')).toBe(11);
  await window.press('Escape');

  await choose(page, 'WFDL');
  const weight = objective(page).getByLabel('Weight shape', { exact: true });
  for (const [name, extra] of [
    ['power', ['Power p']],
    ['adaptive-dataset', ['Gamma γ', 'Epsilon ε']],
    ['uniform', []],
  ] as const) {
    await weight.selectOption(name);
    expect(await controls(page), name).toEqual(['Weight shape', ...extra, 'DC weight', 'Curriculum']);
    await expect(page.getByTestId('panel-weight'), name).toHaveAttribute('data-filled', 'true');
  }
};

const aCurveIsDrawn = async (page: Page): Promise<void> => {
  await setConfig(page, { loss: 'wfdl', weight: 'curve' });
  const editor = objective(page).getByTestId('curve-editor');
  const points = editor.getByRole('slider');
  const plot = editor.getByRole('group', { name: 'Weight over the radius' });
  const picture = (): Promise<string> =>
    page
      .getByTestId('panel-weight')
      .locator('canvas')
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  const curve = (): Promise<string> => setting(page, 'weightCurve');

  const before = await picture();
  const middle = points.nth(1);
  await middle.focus();
  await middle.press('Shift+ArrowUp');
  await middle.press('ArrowRight');
  expect(await curve()).toBe('0:0,0.51:0.6,1:1');
  await expect(middle).toHaveAttribute('aria-valuetext', 'radius 0.51, weight 0.6');
  await expect.poll(picture).not.toBe(before);

  const box = await plot.boundingBox();
  if (!box) throw new Error('the curve is not on the page');
  const at = (radius: number, value: number): [number, number] => [
    box.x + radius * box.width,
    box.y + (1 - value) * box.height,
  ];
  const keyed = await picture();
  await page.mouse.move(...at(0.51, 0.6));
  await page.mouse.down();
  await page.mouse.move(...at(0.4, 0.3), { steps: 4 });
  await page.mouse.move(...at(0.25, 0.9), { steps: 4 });
  await page.mouse.up();
  // A pixel of the plot is less than 0.01 of each axis.
  const [, dragged] = (await curve()).split(',').map((point) => point.split(':').map(Number));
  expect(Math.abs((dragged?.[0] ?? 0) - 0.25)).toBeLessThan(0.01);
  expect(Math.abs((dragged?.[1] ?? 0) - 0.9)).toBeLessThan(0.01);
  await expect.poll(picture).not.toBe(keyed);

  const undo = editor.getByRole('button', { name: 'Undo' });
  await undo.click();
  expect(await curve(), 'a whole drag is one change').toBe('0:0,0.51:0.6,1:1');

  await page.mouse.dblclick(...at(0.75, 0.25));
  await expect(points).toHaveCount(4);
  await expect(points.nth(2)).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(points).toHaveCount(3);
  await editor.getByRole('button', { name: 'Add point' }).click();
  await expect(points).toHaveCount(4);
  await editor.getByRole('button', { name: 'Reset' }).click();
  expect(await curve()).toBe('0:0,0.5:0.5,1:1');
};

const theCurriculumShowsBothWeights = async (page: Page): Promise<void> => {
  await setConfig(page, {
    loss: 'wfdl',
    weight: 'radial',
    dcWeight: 1,
    curriculum: 0.5,
    side: 32,
    epochs: 60,
    batch: 8,
  });
  const panel = page.getByTestId('panel-weight');
  await expect(panel).toContainText('radial, DC 1');
  await transport(page, 'Train').click();
  await waitForStep(page, 2);
  await transport(page, 'Pause').click();
  await waitForPhase(page, 'paused');
  await expect(panel).toContainText(/w\^0\.\d\d \| final/);
  await objective(page).getByRole('button', { name: 'View weight', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(/w\^0\.\d\d: the present step of the curriculum/);
  await dialog.getByRole('button', { name: 'Close' }).click();
  // Other settings belong to another run, which has not started.
  await setConfig(page, { curriculum: 0.25 });
  await expect(panel).toContainText('radial, DC 1');
};

const theMethodPageHasTheSameControls = async (page: Page): Promise<void> => {
  await objective(page).getByRole('button', { name: 'Explain' }).click();
  const method = page.getByRole('main', { name: 'Method' });
  await expect(method.getByRole('heading', { name: /Eq. 8/ })).toBeInViewport();
  await expect(method.getByTestId('paper-equation').locator('figcaption')).toHaveText(
    Array.from({ length: 9 }, (_, index) => `(${index + 1})`),
  );
  await expect(method.getByTestId('paper-equation').locator('math')).toHaveCount(9);

  const weight = method.getByRole('region', { name: /Eq. 7/ });
  await expect(weight.getByTestId('weight-spectrum')).toHaveAttribute('data-spectrum', 'ready');
  const note = weight.getByTestId('dc-note');
  await expect(note).toContainText('w(0, 0) = 22.6');
  const floor = weight.getByRole('slider', { name: 'DC weight' });
  await floor.press('Home');
  await expect(note).toContainText('w(0, 0) = 0. Eq. 7 gives the mean brightness no weight at all');

  await method.getByRole('region', { name: /Eq. 8/ }).getByRole('radio', { name: 'SSIM' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Bench' }).click();
  await expect(objective(page).getByRole('radio', { name: 'SSIM' })).toBeChecked();
  expect(await setting(page, 'dcWeight')).toBe(0);
};

test('the objective is chosen, drawn and explained', async ({ page }) => {
  await openApp(page);
  await test.step('each loss has its own controls, which reject invalid values with a message', () =>
    lossesBringTheirControls(page));
  await test.step('a curve drawn by keyboard and pointer is the weight that the bench shows', () =>
    aCurveIsDrawn(page));
  await test.step('the Method page has every equation, and its controls are those of the bench', () =>
    theMethodPageHasTheSameControls(page));
  await test.step('during a curriculum the weight of the step is shown beside the final one', () =>
    theCurriculumShowsBothWeights(page));
});
