/** A folder with only good images: trained, given a threshold, inspected and exported. */
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { unzipParts } from '#core/bundle/zip-parts.ts';
import { expectAccessible } from './helpers/accessible.ts';
import { openApp, setConfig, transport, waitForPhase } from './helpers/app.ts';
import { writeCategory } from './helpers/category-folder.ts';
import { dropFiles } from './helpers/drop.ts';
import { expect, test } from './helpers/test.ts';

let folder: string;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'residua-normals-'));
});

test.afterEach(() => {
  rmSync(folder, { recursive: true });
});

const trainOn = async (page: Page, good: number, holdOutPercent: number): Promise<void> => {
  const category = join(folder, 'washer');
  writeCategory(category, { train: 30, good, defects: {} });
  await openApp(page);
  await dropFiles(page, [category]);
  await expect(page.getByTestId('dataset-summary')).toContainText('washer', { timeout: 60_000 });
  await setConfig(page, {
    side: 32,
    width: 0.25,
    batch: 8,
    epochs: 2,
    evaluateEvery: 1,
    loss: 'l2',
    holdOutPercent,
  });
  await transport(page, 'Train').click();
  await waitForPhase(page, 'finished');
};

const fittedOn = (page: Page) => page.getByTestId('fitted-on');

test('is trained, thresholded on held-out images, inspected and exported', async ({ page }) => {
  await trainOn(page, 0, 20);
  await expect(page.getByTestId('dataset-summary')).toContainText('30 train (6 held out), 0 test');
  await expect(fittedOn(page)).toHaveText('Fitted on 6 held-out good images');
  // Flagging one of six images would be more than 5 %.
  await expect(page.getByTestId('false-alarms-held-out')).toHaveText(
    'false alarms on 6 held-out images: 0 (0.0 %), 95 % interval 0.0–45.9 %',
  );
  await expect(page.getByTestId('images-used')).toHaveText(
    'no test images; trained on 24 of 30 training images, 6 held out',
  );

  const gallery = page.getByRole('region', { name: 'Gallery' });
  await gallery.getByRole('radio', { name: 'Held out 6' }).click();
  await expect(gallery.getByRole('listitem')).toHaveCount(6);
  await page.getByLabel('False alarms at most').fill('20');
  await gallery.getByRole('radio', { name: /^False alarms/ }).click();
  await expect(gallery.getByRole('listitem')).toHaveCount(1);
  await gallery.getByRole('listitem').getByRole('button').click();
  await expect(page.getByTestId('label')).toHaveText('good, held out');
  await expect(page.getByTestId('score')).not.toBeEmpty();
  await expectAccessible(page, 'good images alone');
  await page.getByLabel('False alarms at most').fill('5');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const parts = unzipParts(await readFile(await (await download).path()), 'bundle.zip');
  const model: unknown = JSON.parse(new TextDecoder().decode(parts.get('model.json')));
  const threshold = Number(await page.getByTestId('threshold').getAttribute('data-value'));
  expect(model).toMatchObject({
    userDefinedMetadata: {
      residua: {
        metrics: { imageAuroc: { defined: false } },
        threshold: {
          threshold,
          policy: 'good-quantile',
          quantile: 0.95,
          fittedOn: 'held-out images',
          images: 6,
          heldOutFalseAlarms: { falseAlarms: 0, images: 6 },
        },
      },
    },
  });
});

test('warns if the threshold is fitted on images that the network was trained on', async ({ page }) => {
  await trainOn(page, 5, 0);
  await expect(fittedOn(page)).toHaveText(
    'Fitted on 30 images that the network was trained on: expect more false alarms on new parts',
  );
  await expect(page.getByTestId('false-alarms-held-out')).toHaveCount(0);
  await expect(page.getByTestId('false-alarms-good-test')).toContainText(
    'false alarms on 5 good test images:',
  );
  await expect(page.getByTestId('images-used')).toHaveText(
    '5 test images: 5 good, 0 anomalous; trained on all 30 training images',
  );
});
