/** Writes the images that `pytorch_steps_golden.py` trains on, and the preset that its runs start from. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { presets } from '#core/presets.ts';
import { writeImages } from '#io/testing/torch-run.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Give the folder to write to.');
writeImages(folder);
writeFileSync(join(folder, 'quick-look.json'), JSON.stringify(presets.quickLook));
