/** Time and work in progress: history, changes of a paused run, continuing a finished one, and estimates. */
import { expectAccessible } from './helpers/accessible.ts';
import { openApp, setConfig, snapshot, transport, waitForPhase, waitForStep } from './helpers/app.ts';
import { expect, test } from './helpers/test.ts';

const small = { side: 32, width: 0.25, batch: 32, evaluateEvery: 2, holdOutPercent: 0 } as const;

test('Back during training goes to the page before, and training goes on', async ({ page }) => {
  await openApp(page);
  await setConfig(page, { ...small, epochs: 400, evaluateEvery: 400 });
  await transport(page, 'Train').click();
  await waitForStep(page, 1);
  const pages = page.getByRole('navigation', { name: 'Pages' });
  const shown = (name: string) => pages.getByRole('button', { name, exact: true });
  await shown('Method').click();
  await expect(page).toHaveURL(/page=method/);
  await shown('Figures').click();
  await page.getByRole('radio', { name: /comparison/ }).click();
  await expect(page).toHaveURL(/figure=comparison/);
  await page.goBack();
  await expect(page.getByRole('radio', { name: /filter/ })).toBeChecked();
  await page.goBack();
  await expect(shown('Method')).toHaveAttribute('aria-current', 'page');
  await page.goBack();
  await expect(shown('Bench')).toHaveAttribute('aria-current', 'page');
  const { status } = await snapshot(page);
  expect(status.phase).toBe('running');
  await waitForStep(page, status.step + 1);
  await page.goForward();
  await expect(shown('Method')).toHaveAttribute('aria-current', 'page');
  await transport(page, 'Pause').click();
  await waitForPhase(page, 'paused');

  const asked = page.waitForEvent('dialog');
  const reloaded = page.reload();
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
  await reloaded;
  await page.evaluate(() => window.residua.ready);
  await expect(shown('Method')).toHaveAttribute('aria-current', 'page');
  expect((await snapshot(page)).config.epochs).toBe(400);
});

test('a paused run takes over a changed rate, a finished one continues, and all say so', async ({ page }) => {
  await openApp(page);
  await setConfig(page, { ...small, epochs: 400, evaluateEvery: 400, schedule: 'constant', curriculum: 0 });
  await transport(page, 'Train').click();
  await waitForStep(page, 2);
  await transport(page, 'Pause').click();
  const { status } = await waitForPhase(page, 'paused');
  const epochs = status.epoch + 2;
  for (const [label, value] of [
    ['Learning rate', '0.001'],
    ['Epochs', String(epochs)],
  ] as const) {
    await page.getByLabel(label, { exact: true }).fill(value);
    await page.keyboard.press('Enter');
  }
  await expect(page.getByTestId('resumes-with')).toContainText('Epochs and learning rate changed');
  await expectAccessible(page, 'a paused run with changed settings');
  await transport(page, 'Resume').click();
  const finished = await waitForPhase(page, 'finished');
  expect(finished.status).toMatchObject({ epoch: epochs, epochs });
  expect(finished.config.learningRate).toBe(0.001);
  const changed = `learning rate 0.003 → 0.001, epochs 400 → ${epochs}`;
  await expect(page.getByTestId('run-changes').first()).toContainText(changed);
  await expect(page.locator('.run-facts').first()).toContainText(changed);
  await expect(page).toHaveURL(new RegExp(`changed=.*learningRate%40${status.step}`));

  const field = page.getByLabel('Continue to epoch', { exact: true });
  await expect(field).toHaveValue(String(2 * epochs));
  await field.fill(String(epochs));
  await expect(page.getByRole('button', { name: 'Continue', exact: true })).toBeDisabled();
  await field.fill(String(epochs + 1));
  await expectAccessible(page, 'a finished run that can continue');
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await page.waitForFunction(
    (wanted) => {
      const { status: now } = window.residua.store.getState().run;
      return now.phase === 'finished' && now.epoch === wanted;
    },
    epochs + 1,
    { timeout: 60_000 },
  );
  const continued = await snapshot(page);
  expect(continued.steps.map(({ step }) => step)).toEqual(
    Array.from({ length: continued.status.step }, (_, index) => index + 1),
  );
  await expect(page.getByTestId('run-changes').first()).toContainText(`epochs ${epochs} → ${epochs + 1}`);

  // The kept run is one, and opens from its address.
  await page
    .getByRole('button', { name: /^Open /, exact: false })
    .first()
    .waitFor();
  const { retained } = await page.evaluate(() => window.residua.store.getState().runs);
  expect(retained).toHaveLength(1);
  await page.goto(`/#${new URLSearchParams({ v: '2', preset: 'quickLook', run: retained[0]!.id })}`);
  await page.reload();
  await page.evaluate(() => window.residua.ready);
  await waitForPhase(page, 'finished');
  await expect(page.getByTestId('run-changes').first()).toContainText(changed);
  await page.getByLabel('Continue to epoch', { exact: true }).focus();
  await expect(page.getByRole('tooltip')).toContainText('no optimizer state');
});

test('a link to a changed run says that its settings are the last ones', async ({ page }) => {
  await page.goto('/#v=2&preset=quickLook&learningRate=0.001&changed=learningRate%40120&page=figures');
  await page.evaluate(() => window.residua.ready);
  await expect(page.getByRole('main', { name: 'Figures' })).toBeVisible();
  await page.getByRole('button', { name: 'Bench', exact: true }).click();
  await expect(page.getByTestId('linked-changes')).toContainText('learning rate at step 120');
  expect((await snapshot(page)).config.learningRate).toBe(0.001);
});

test('the Train button says a long time and asks above an hour; presets by time choose sizes for this device', async ({
  page,
}) => {
  await openApp(page);
  const preset = page.getByRole('radiogroup', { name: 'Preset' });
  const chosen = (name: string) => preset.getByRole('radio', { name, exact: true });
  await page.getByRole('radiogroup', { name: 'Loss' }).getByRole('radio', { name: 'L2' }).click();
  await expect(chosen('Quick look')).toBeChecked();
  await chosen('Paper').click();
  await expect(transport(page, 'Train')).toHaveText(/^Train, about \d+ (h|days?|years?)$/, {
    timeout: 30_000,
  });
  expect((await snapshot(page)).config).toMatchObject({ loss: 'l2', side: 256 });
  await transport(page, 'Train').click();
  const question = page.getByRole('alertdialog', { name: /^Train for about/ });
  await expect(question).toContainText('You can pause at any time');
  await expectAccessible(page, 'the question before a long training', '[role="alertdialog"]');
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect((await snapshot(page)).status).toMatchObject({ phase: 'idle', step: 0 });

  await expect(chosen('1 minute')).toBeEnabled({ timeout: 30_000 });
  await chosen('1 minute').click();
  await expect(chosen('1 minute')).toBeChecked();
  const minute = (await snapshot(page)).config;
  await chosen('10 minutes').click();
  const longer = (await snapshot(page)).config;
  expect(longer.loss).toBe('l2');
  expect(longer).toMatchObject({ residual: 'calibrated', batchNorm: 'recalibrated' });
  expect(longer.epochs * longer.side ** 2 * longer.width ** 2).toBeGreaterThan(
    minute.epochs * minute.side ** 2 * minute.width ** 2,
  );
  await expect(async () => {
    // A change of the estimate under the pointer may close the hint.
    await page.mouse.move(0, 0);
    await chosen('1 minute').hover();
    await expect(page.getByRole('tooltip')).toContainText(`Side ${minute.side}`, { timeout: 2000 });
  }).toPass();
  await expect(page.getByTestId('estimate')).toContainText(/per epoch, \d+ evaluations? of/);
  await expectAccessible(page, 'a preset by time');
});
