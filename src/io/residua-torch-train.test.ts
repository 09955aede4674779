import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { settingsVersion } from '#core/versions/settings-version.ts';
import golden from '#testing/golden/pytorch-steps.golden.json';
import { parseSafetensorsRun } from './safetensors-run.ts';
import { describeTorch, runTorch } from './testing/describe-torch.ts';
import { askPython } from './testing/python.ts';
import { config, squareImages, writeImages } from './testing/torch-run.ts';

describeTorch('residua_torch.py train and table', () => {
  const folder = mkdtempSync(join(tmpdir(), 'residua-torch-'));
  const data = join(folder, 'part');
  beforeAll(() => writeImages(data));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('train with the losses that the app is held to, in float64', () => {
    const runs = askPython<readonly (readonly (readonly [number, number])[])[]>(
      `sys.path.insert(0, given["golden"])
import pytorch_steps_golden as g
r.as_floats = g.as_doubles
print(json.dumps([g.losses(case["config"], given["data"], case["steps"]) for case in given["cases"]]))`,
      {
        golden: fileURLToPath(new URL('../testing/golden', import.meta.url)),
        data,
        cases: golden.cases.map(({ change, losses }) => ({
          config: { ...presets.quickLook, ...golden.config, ...change },
          steps: losses.length,
        })),
      },
    );
    for (const [place, { name, losses }] of golden.cases.entries()) {
      for (const [step, expected] of losses.entries()) {
        for (const [kind, loss] of expected.entries()) {
          // Nine digits; another processor adds in another order, and training amplifies that.
          expect(Math.abs(runs[place]![step]![kind]! / loss - 1), `${name}, ${step}`).toBeLessThan(1e-7);
        }
      }
    }
  }, 60_000);

  it('write runs that the page imports, continue them, and fill a table', () => {
    const configFile = join(folder, 'config.json');
    writeFileSync(configFile, JSON.stringify({ settingsVersion, ...config }));
    const shared = ['--data', data, '--config', configFile, '--device', 'cpu'];
    const out = join(folder, 'trained');
    const first = runTorch('train', ...shared, '--out', out, '--set', 'epochs=1');
    expect(first).toMatchObject({ status: 0 });
    const again = join(folder, 'continued');
    const model = join(out, 'model.safetensors');
    const more = runTorch(
      'train',
      ...shared,
      '--out',
      again,
      '--resume',
      model,
      '--set',
      'epochs=2',
      'loss=ssim',
    );
    expect(more).toMatchObject({ status: 0 });
    for (const [from, epochs] of [
      [out, 1],
      [again, 2],
    ] as const) {
      const bytes = readFileSync(join(from, 'model.safetensors'));
      const run = parseSafetensorsRun(new Uint8Array(bytes).buffer, 'model.safetensors');
      expect(run.config).toMatchObject({ ...config, epochs, loss: epochs === 1 ? 'wfdl' : 'ssim' });
      expect(run.history.steps.map(({ step }) => step)).toEqual(epochs === 1 ? [1, 2] : [1, 2, 3, 4]);
      expect(run.history.evaluations.at(-1)?.scores).toHaveLength(squareImages.tested.length);
      expect(run.threshold?.fittedOn).toBe('held-out images');
    }
    const table = join(folder, 'table');
    const queue = runTorch('table', ...shared, '--out', table, '--losses', 'l2', 'wfdl', '--set', 'epochs=1');
    expect(queue).toMatchObject({ status: 0 });
    expect(readFileSync(join(table, 'table.csv'), 'utf8').split('\n')[2]).toMatch(
      /^part,wfdl,5,0\.|^part,wfdl,5,1/,
    );
    const over = runTorch('train', ...shared, '--out', again, '--resume', model, '--set', 'epochs=1');
    expect(over.status).toBe(1);
    expect(over.output).toContain('is at step 2 of 2. Raise the epochs');
  }, 120_000);
});
