import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { modelFiles } from './model-files.ts';

const folders: string[] = [];

const folderOf = (...names: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'residua-model-'));
  folders.push(folder);
  for (const name of names) writeFileSync(join(folder, name), '');
  return folder;
};

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

it('finds the files of the shell, and those that the page named after their run', async () => {
  const ofShell = folderOf('weights.bin', 'model.json', 'config.json');
  expect(await modelFiles(ofShell)).toEqual([join(ofShell, 'model.json'), join(ofShell, 'weights.bin')]);
  const ofPage = folderOf('a-wfdl-seed0-weights.bin', 'a-wfdl-seed0-past.bin', 'a-wfdl-seed0-model.json');
  expect(await modelFiles(ofPage)).toEqual(
    ['a-wfdl-seed0-model.json', 'a-wfdl-seed0-weights.bin'].map((name) => join(ofPage, name)),
  );
});

it('names the missing file, and refuses the files of several runs', async () => {
  await expect(modelFiles(folderOf('model.json'))).rejects.toThrow('has no file weights.bin');
  await expect(modelFiles('/nowhere')).rejects.toThrow('has no file model.json');
  await expect(modelFiles(folderOf('a-model.json', 'b-model.json', 'weights.bin'))).rejects.toThrow(
    'several runs: a-model.json and b-model.json',
  );
});

it('takes a run in one file, and names one that is missing', async () => {
  const file = join(folderOf('bundle.zip'), 'bundle.zip');
  expect(await modelFiles(file)).toEqual([file]);
  await expect(modelFiles(`${file}x.onnx`)).rejects.toThrow(`There is no file ${file}x.onnx`);
});
