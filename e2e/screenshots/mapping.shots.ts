/** The roles of folders in four layouts. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApp } from '../helpers/app.ts';
import { writeTree } from '../helpers/category-folder.ts';
import { dropFiles } from '../helpers/drop.ts';
import { test } from '../helpers/test.ts';
import { shoot } from './shoot.ts';

const images = (folder: string, count: number, end: string): readonly string[] =>
  Array.from({ length: count }, (_, at) => `${folder}/${String(at).padStart(3, '0')}${end}`);

const trees: Readonly<Record<string, readonly string[]>> = {
  'mvtec-2': [
    ...images('can/train/good', 12, '.png'),
    ...images('can/validation/good', 4, '.png'),
    ...images('can/test_public/good', 4, '.png'),
    ...images('can/test_public/bad', 5, '.png'),
    ...images('can/test_public/ground_truth/bad', 5, '_mask.png'),
    ...images('can/test_private', 6, '.png'),
    ...images('can/test_private_mixed', 6, '.png'),
  ],
  loco: [
    ...images('juice_bottle/train/good', 12, '.png'),
    ...images('juice_bottle/validation/good', 4, '.png'),
    ...images('juice_bottle/test/good', 4, '.png'),
    ...images('juice_bottle/test/logical_anomalies', 3, '.png'),
    ...images('juice_bottle/test/structural_anomalies', 3, '.png'),
    ...[0, 1, 2].flatMap((at) => images(`juice_bottle/ground_truth/logical_anomalies/00${at}`, 2, '.png')),
    ...[0, 1, 2].flatMap((at) => images(`juice_bottle/ground_truth/structural_anomalies/00${at}`, 1, '.png')),
  ],
  visa: [
    ...images('candle/Data/Images/Normal', 20, '.png'),
    ...images('candle/Data/Images/Anomaly', 5, '.png'),
    ...images('candle/Data/Masks/Anomaly', 5, '.png'),
  ],
  kinds: [
    ...images('tiles/good', 16, '.png'),
    ...images('tiles/colour', 3, '.png'),
    ...images('tiles/deep_scratch_across_the_whole_surface', 4, '.png'),
    ...images('tiles/mask/colour', 3, '.png'),
  ],
};

test('roles of four layouts', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'residua-shots-'));
  try {
    await openApp(page);
    for (const [name, paths] of Object.entries(trees)) {
      writeTree(folder, paths, (path) => /bad|anomal|colour|scratch/i.test(path));
      await dropFiles(page, [join(folder, paths[0]?.split('/')[0] ?? '')]);
      await page.getByRole('dialog').waitFor();
      await page.waitForTimeout(1500);
      await shoot(page, `mapping-${name}`);
      await page.keyboard.press('Escape');
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
