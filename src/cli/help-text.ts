/** The text of `npm run train -- --help`. */

import { mapSizes } from '#core/anomaly-maps/map-files.ts';
import { deviceChoices } from '#core/device.ts';
import { evaluationSettingNames } from '#core/evaluation-settings.ts';
import { presets } from '#core/presets.ts';
import { layoutChoices } from './role-options.ts';
import { settingFlags } from './settings-flags.ts';
import { browserNames, presetNames } from './train-command.ts';

const column = 54;

const line = (left: string, right: string): string =>
  left.length > column ? `  ${left}\n  ${' '.repeat(column)} ${right}` : `  ${left.padEnd(column)} ${right}`;

const evaluationFlags = settingFlags
  .filter(({ setting }) => evaluationSettingNames.some((name) => name === setting))
  .map(({ flag }) => `--${flag}`)
  .join(', ');

/** Returns the whole help text; the settings and their defaults come from the schema and the presets. */
export const helpText = (): string =>
  [
    'Trains on a folder of images in a headless browser, with the same app as the page.',
    '',
    '  npm run train -- --data DIR --out OUT [settings]',
    '  npm run train -- --data DIR --model DIR|FILE --out OUT [evaluation settings]',
    '  npm run train -- --resume OUT',
    '',
    line(
      '--data DIR',
      'a category folder in any layout, a folder of several, or an archive (.zip, .tar, .tar.gz, .tar.xz)',
    ),
    line('--category NAME', 'which category, if DIR has several'),
    line(
      `--layout ${layoutChoices.join(' | ')}`,
      'default auto; any other value refuses a folder of another layout',
    ),
    line(
      '--normal GLOB, --defects GLOB, --masks GLOB',
      'say which images are what, by paths inside DIR; each may repeat',
    ),
    line(
      '--test-percent N, --test-seed N',
      'normal images to test on; default 20 with seed 0 if DIR has defects only',
    ),
    line('--dry-run', 'print which images are what, with the reason; trains nothing'),
    line('--mapping FILE', 'with --dry-run: also write this as JSON, for residua_torch.py'),
    line('--sample', 'the synthetic sample category, in place of --data'),
    line('--out OUT', 'folder for the results; created if missing'),
    line(`--browser ${browserNames.join(' | ')}`, 'default chromium'),
    line(
      `--device ${deviceChoices.join(' | ')}`,
      'default auto: WebGPU on a graphics card, else WebAssembly',
    ),
    line(`--preset ${presetNames.join(' | ')}`, 'default quick-look'),
    line('--race SETTING=A,B[,C]', 'train a run for each value in turns on one device: --race loss=l2,wfdl'),
    line(
      '--queue SETTING=A,B[,C]',
      'train a run for each value, one after the other; may repeat, and category=A,B chooses of several: --queue loss=l2,wfdl --queue seed=0,1',
    ),
    line(
      '--resume OUT',
      'go on with the unfinished run in OUT, to the same weights; takes no other argument',
    ),
    line('--checkpoint-minutes M', 'minutes between two checkpoints; default 5, 0 for none'),
    line('--checkpoint-epochs K', 'also after K epochs; default 0 for none'),
    line('--compare-scores', 'also evaluate every score, raw and calibrated; prints a table'),
    line(
      `--maps ${mapSizes.join(' | ')}`,
      'also write the anomaly maps as float32 TIFF: OUT/anomaly_maps/<category>/test/<type>/<name>.tiff',
    ),
    line(
      '--model DIR | FILE',
      'evaluate an exported model: an earlier OUT, a .zip, .safetensors or .onnx; trains nothing',
    ),
    line('--baselines', 'print the baselines without a network; trains nothing; --out is optional'),
    line('--config FILE', 'settings as JSON, such as a config.json from OUT'),
    '',
    'Settings; a flag overrides the file, the file overrides the preset. Defaults are those of quick-look:',
    '',
    ...settingFlags.map(({ flag, allowed, setting }) =>
      line(`--${flag} (${allowed})`, `default ${presets.quickLook[setting]}`),
    ),
    '',
    `With --model: ${evaluationFlags}; each defaults to the value in the model.`,
    '',
    'Written to OUT: config.json, metrics.json, history.csv (step, epoch, loss), evaluations.csv,',
    'scores.csv (path, label, defect_type, score, a column per baseline; label 1 is anomalous), model.onnx, model.safetensors,',
    'model.json with weights.bin, and a bundle.zip of all. With --race: these files in a folder for each value, such as',
    'OUT/loss-l2, and race.json (AUROCs with intervals, paired differences, baselines).',
    'With --queue: a folder for each run, such as OUT/bottle/loss-l2/seed-0, with table.csv and table.md. The same command again',
    'keeps finished runs and resumes an unfinished one.',
    'While it trains, OUT has checkpoint.bin and resume.json, which the results replace. Ctrl-C saves a checkpoint first and',
    'exits with 130.',
    'RESIDUA_GPU=1 uses the graphics card; without it Chromium uses its software adapter.',
  ].join('\n');
