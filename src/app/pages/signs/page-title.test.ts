import { describe, expect, it } from 'vitest';
import { idleStatus } from '#store/run/state.ts';
import { pageTitle } from './page-title.ts';

describe('the title of the page', () => {
  it('says how far a run is, and how it ended', () => {
    const status = { ...idleStatus(10), stepsPerEpoch: 4 };
    expect(pageTitle(status)).toBe('Residua');
    // 17 of 40 steps are 42.5 %.
    expect(pageTitle({ ...status, phase: 'running', step: 17 })).toBe('42 % Residua');
    expect(pageTitle({ ...status, phase: 'paused', step: 17 })).toBe('paused, Residua');
    expect(pageTitle({ ...status, phase: 'finished', step: 40 })).toBe('done, Residua');
    expect(pageTitle({ ...status, phase: 'failed', step: 3 })).toBe('failed, Residua');
  });

  it('is at 0 % before the first step of a run whose length is not known', () => {
    expect(pageTitle({ ...idleStatus(10), phase: 'running' })).toBe('0 % Residua');
  });
});
