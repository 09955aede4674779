import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { zipParts } from '#core/bundle/zip-parts.ts';
import { describeTorch, runTorch } from './testing/describe-torch.ts';
import { askPython } from './testing/python.ts';
import { scoreWays } from './testing/score-ways.ts';
import { reconstructAll, squareImages, TorchBundles, writeImages, writeParts } from './testing/torch-run.ts';

describeTorch('residua_torch.py verify', () => {
  const folder = mkdtempSync(join(tmpdir(), 'residua-torch-'));
  const data = join(folder, 'part');
  let bundles = new TorchBundles(squareImages, []);
  beforeAll(async () => {
    writeImages(data);
    bundles = new TorchBundles(squareImages, await reconstructAll(squareImages));
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('verify every score, every weight and every decision of the app from the original files', async () => {
    for (const [name, change] of scoreWays) writeParts(join(folder, name), await bundles.of(change));
    const results = askPython<Record<string, boolean>>(
      'print(json.dumps({name: r.verify(f"{given[\'folder\']}/{name}", given["data"], "cpu") for name in given["names"]}))',
      { folder, data, names: scoreWays.map(([name]) => name) },
    );
    expect(results).toEqual(Object.fromEntries(scoreWays.map(([name]) => [name, true])));
  }, 120_000);

  it('verify a .zip with images without the data set, with its reconstructions', async () => {
    const zip = join(folder, 'bundle.zip');
    writeFileSync(zip, zipParts(await bundles.of({}, 'files')));
    const { status, output } = runTorch('verify', zip, '--device', 'cpu');
    expect(output).toMatch(/6 images/);
    expect(output).toMatch(/reconstructions: largest difference \d\.\d+e-0[5-9]/);
    expect(output).toContain('verified: everything agrees');
    expect(status).toBe(0);
  }, 60_000);

  it('refuse scores, weights and images that are not those of the run', async () => {
    const parts = await bundles.of({}, 'files');
    const broken = (name: string, change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>) => {
      const zip = join(folder, `${name.replace(/\W/g, '-')}-broken.zip`);
      const changed = parts.map((part) => (part.name === name ? { name, bytes: change(part.bytes) } : part));
      writeFileSync(zip, zipParts(changed));
      return zip;
    };
    const edit = (change: (text: string) => string) => (bytes: Uint8Array<ArrayBuffer>) =>
      Uint8Array.from(Buffer.from(change(Buffer.from(bytes).toString('latin1')), 'latin1'));
    const zips = [
      broken(
        'scores.csv',
        edit((text) => text.replace(/,(\d+\.\d+)\r\n/, (_, score) => `,${1.01 * score}\r\n`)),
      ),
      broken(
        'model.safetensors',
        edit((text) => text.replace('encoder.0.bn1.bias', 'encoder.0.bn9.bias')),
      ),
      broken(
        'config.json',
        edit((text) => text.replace(/"settingsVersion": \d+/, '"settingsVersion": 99')),
      ),
    ];
    const answers = askPython<readonly (boolean | string)[]>(
      `answers = []
for name in given:
    try:
        answers.append(r.verify(name, None, "cpu"))
    except r.Refused as error:
        answers.append(str(error))
print(json.dumps(answers))`,
      zips,
    );
    expect(answers).toEqual([
      false,
      expect.stringContaining('The tensor encoder.0.bn1.bias is missing in model.safetensors'),
      expect.stringContaining('config.json was written by a newer version of Residua (99'),
    ]);
  }, 60_000);
});
