import { expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { plannedNames, raceText } from './planned-race.ts';

const config = { ...presets.quickLook, loss: 'wfdl' } as const;

it('names the planned contestants, and none without a plan or with a plan that the settings contradict', () => {
  expect(plannedNames(config, [{ loss: 'l2' }])).toEqual(['WFDL', 'L2']);
  expect(plannedNames(config, [])).toEqual([]);
  expect(plannedNames({ ...config, loss: 'l2' }, [{ loss: 'l2' }])).toEqual([]);
  expect(raceText(config, [{ loss: 'l2' }])).toBe('Race WFDL, L2');
  expect(raceText({ ...config, loss: 'l2' }, [{ loss: 'l2' }])).toBe('Race');
  expect(raceText(config, [])).toBeUndefined();
});
