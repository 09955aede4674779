import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'tiff';
import { expect, it } from 'vitest';
import { finishedReport } from '#core/bundle/testing/finished-report.ts';
import { unzipParts } from '#core/bundle/zip-parts.ts';
import { type FinishedRun, resultFiles, writeRun } from './write-results.ts';

const report = finishedReport();

const finished: FinishedRun = {
  ...report,
  circumstances: report.circumstances!,
  baselines: report.baselines!,
  parts: new Map([
    ['metrics.json', new TextEncoder().encode('{}')],
    ['model.safetensors', Uint8Array.of(1, 2, 3)],
  ]),
};

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

it('the files are the parts of the bundle, and metrics.json says where and when the run was made', () => {
  const files = resultFiles(finished);
  expect([...files.keys()].sort()).toEqual(['bundle.zip', 'metrics.json', 'model.safetensors']);
  expect(files.get('model.safetensors')).toEqual(Uint8Array.of(1, 2, 3));
  expect(JSON.parse(text(files.get('metrics.json')))).toMatchObject({
    source: 'data/bottle',
    browser: 'chromium 1',
    startedAt: '1970-01-01T00:00:00.000Z',
    loadMs: 1,
    trainMs: 3,
  });
});

it('the bundle holds the same files', () => {
  const { 'bundle.zip': bundle, ...others } = Object.fromEntries(resultFiles(finished));
  expect(Object.fromEntries(unzipParts(bundle!, 'bundle.zip'))).toEqual(others);
});

it('the anomaly maps are files beside the others, at the wanted size', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'residua-maps-'));
  const map = Float32Array.of(1, 2, 3, 4);
  const images = [{ path: 'test/cut/0.png', defectType: 'cut', width: 6, height: 4, map }];
  try {
    await writeRun(folder, {
      ...finished,
      maps: { size: 'original', category: 'bottle', side: 2, fit: 'squeeze', images },
    });
    const [image] = decode(await readFile(join(folder, 'anomaly_maps/bottle/test/cut/0.tiff')));
    expect(image).toMatchObject({ width: 6, height: 4 });
    expect(await readFile(join(folder, 'model.safetensors'))).toHaveLength(3);
  } finally {
    await rm(folder, { recursive: true });
  }
});
