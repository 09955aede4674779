import { expect, it } from 'vitest';
import { asFileName, runFiles } from './download.ts';

it('makes a file name of letters, digits and hyphens', () => {
  expect(asFileName('Bottle WFDL 2 seed0')).toBe('bottle-wfdl-2-seed0');
  expect(asFileName('../a\\b: "c"?*|<x>')).toBe('a-b-c-x');
  expect(asFileName(`${'x'.repeat(99)} y`)).toBe('x'.repeat(99));
});

it('names the files of a run after it, and its weights in the manifest', () => {
  const modelJson = JSON.stringify({
    format: 'layers-model',
    weightsManifest: [{ paths: ['weights.bin'], weights: [{ name: 'a' }] }],
  });
  const weights = new ArrayBuffer(4);
  const files = runFiles('bottle-wfdl-1-seed0', { modelJson, weights, past: new ArrayBuffer(2) });
  expect(files.map(({ name }) => name)).toEqual([
    'bottle-wfdl-1-seed0-model.json',
    'bottle-wfdl-1-seed0-weights.bin',
    'bottle-wfdl-1-seed0-past.bin',
  ]);
  expect(JSON.parse(String(files[0]?.content))).toEqual({
    format: 'layers-model',
    weightsManifest: [{ paths: ['bottle-wfdl-1-seed0-weights.bin'], weights: [{ name: 'a' }] }],
  });
  expect(runFiles('x', { modelJson, weights })).toHaveLength(2);
});
