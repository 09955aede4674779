import { expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { settingsFromFragment } from '#core/settings-link.ts';
import { emptyHistory } from '#core/step-history.ts';
import { initialRace } from '../race/state.ts';
import { linkedChanges, linkFragment } from './run-link.ts';
import { initialRun, type RunState } from './state.ts';

const config = { ...presets.quickLook, learningRate: 1e-3 };
const changes = [{ step: 120, setting: 'learningRate', before: 3e-3, after: 1e-3 }] as const;
const run: RunState = { ...initialRun, config, configured: config, history: { ...emptyHistory, changes } };

it('a link to a changed run has the last settings, and says which of them changed when', () => {
  const fragment = linkFragment({ run, race: initialRace });
  expect(fragment).toBe('v=4&preset=quickLook&learningRate=0.001&changed=learningRate%40120');
  expect(settingsFromFragment(fragment, presets.paper)?.config).toEqual(config);
  expect(linkedChanges(`#${fragment}`)).toEqual([{ setting: 'learningRate', step: 120 }]);
});

it('a link to settings other than those of the run says nothing about it', () => {
  expect(
    linkFragment({ run: { ...run, config: { ...config, batch: 16 } }, race: initialRace }),
  ).not.toContain('changed');
  expect(linkedChanges('v=2&preset=quickLook')).toEqual([]);
  expect(linkedChanges('changed=batch@3,epochs,epochs@x,epochs@7')).toEqual([{ setting: 'epochs', step: 7 }]);
});
