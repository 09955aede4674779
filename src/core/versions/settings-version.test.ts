import { expect, it } from 'vitest';
import { newerSentence } from '#testing/version-1.ts';
import version2Config from '#testing/version-2/config.json';
import { version3Config } from '#testing/version-3.ts';
import { parseRunConfig } from '../config.ts';
import { presets } from '../presets.ts';
import { migrateHistory, migrateSettings, readVersion, settingsVersion } from './settings-version.ts';

it('settings and histories of the current version stay unchanged', () => {
  const partial = { epochs: 3 };
  expect(migrateSettings(partial, settingsVersion)).toEqual(partial);
  expect(migrateSettings(presets.paper, settingsVersion)).toEqual(presets.paper);
  const history = { steps: {}, evaluations: [{ epoch: 1 }] };
  expect(migrateHistory(history, settingsVersion)).toEqual(history);
});

it('values that are not settings or histories are returned for a schema to reject', () => {
  for (const value of [undefined, null, 3, 'text', []]) {
    expect(migrateSettings(value, 1)).toBe(value);
    expect(migrateHistory(value, 1)).toBe(value);
  }
  expect(migrateHistory({ evaluations: [null] }, 1)).toEqual({ evaluations: [null] });
});

it('settings of version 2 stop at a step that is not finite', () => {
  const { settingsVersion: version, ...settings } = version2Config;
  expect(parseRunConfig(migrateSettings(settings, version))).toEqual({
    ...presets.quickLook,
    loss: 'l2',
    seed: 7,
    nonFiniteStep: 'stop',
    fit: 'squeeze',
  });
});

it('settings of version 3 squeeze images', () => {
  expect(parseRunConfig(migrateSettings(version3Config(), 3))).toEqual({
    ...presets.recommended,
    side: 64,
    nonFiniteStep: 'skip',
    fit: 'squeeze',
  });
});

it('a setting in the data wins over the added value in every version', () => {
  expect(migrateSettings({ residual: 'calibrated' }, 1)).toMatchObject({
    residual: 'calibrated',
    schedule: 'constant',
  });
});

it('a version is a whole number up to the current one', () => {
  expect([1, settingsVersion].map((version) => readVersion(version, 'The file', 'import-invalid'))).toEqual([
    1,
    settingsVersion,
  ]);
  expect(() => readVersion(5, 'The file', 'import-invalid')).toThrow(newerSentence);
  for (const version of [0, -1, 1.5, '1', null, undefined, Number.NaN])
    expect(() => readVersion(version, 'The file', 'import-invalid')).toThrow(/whole number from 1 to 4/);
});
