import { expect, it } from 'vitest';
import { newerSentence, version1Files } from '#testing/version-1.ts';
import { exportedSide } from './exported-side.ts';

const { modelJson } = version1Files();

it('the side of an exported run of version 1 is read', () => {
  expect(exportedSide(modelJson)).toBe(32);
});

it('a newer version is refused as such, whatever else it holds', () => {
  expect(() => exportedSide('{"userDefinedMetadata":{"residua":{"version":3}}}')).toThrow(newerSentence);
});

it('a text that is no exported run is refused by the file’s name', () => {
  expect(() => exportedSide('{')).toThrow(/model\.json is not JSON/);
  expect(() => exportedSide('{"format":"layers-model"}')).toThrow(/Residua did not export it/);
});
