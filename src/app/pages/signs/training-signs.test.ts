import { describe, expect, it } from 'vitest';
import { idleStatus } from '#store/run/state.ts';
import { type IconSign, pageTitle, progressIcon } from './training-signs.ts';

const drawn = (sign: IconSign): string => decodeURIComponent(progressIcon(sign, '/icon.svg'));

describe('progressIcon', () => {
  it('fills the ring by the share: its circumference is 2 pi 12 = 75.4', () => {
    expect(drawn(0)).toContain('stroke-dasharray="0.0 75.4"');
    expect(drawn(50)).toContain('stroke-dasharray="37.7 75.4"');
    expect(drawn(100)).toContain('stroke-dasharray="75.4 75.4"');
  });

  it('stays within the ring', () => {
    expect(drawn(-3)).toBe(drawn(0));
    expect(drawn(130)).toBe(drawn(100));
  });

  it('draws an end and a failure apart, and leaves the page its own icon otherwise', () => {
    expect(drawn('done')).not.toBe(drawn('failed'));
    expect(progressIcon('own', '/icon.svg')).toBe('/icon.svg');
  });

  it('is text of an address: no character of it ends or splits one', () => {
    expect(progressIcon(42, '')).toMatch(/^data:image\/svg\+xml,[\w%.()*!'~-]+$/);
  });
});

describe('the title of the page', () => {
  it('says how far a run is, and how it ended', () => {
    const status = { ...idleStatus(10), stepsPerEpoch: 4 };
    expect(pageTitle(status, false)).toBe('Residua');
    // 17 of 40 steps are 42.5 %.
    expect(pageTitle({ ...status, phase: 'running', step: 17 }, false)).toBe('42 % Residua');
    expect(pageTitle({ ...status, phase: 'paused', step: 17 }, false)).toBe('paused, Residua');
    expect(pageTitle({ ...status, phase: 'finished', step: 40 }, false)).toBe('done, Residua');
    expect(pageTitle({ ...status, phase: 'finished', step: 8 }, true)).toBe('stopped, Residua');
    expect(pageTitle({ ...status, phase: 'failed', step: 3 }, false)).toBe('failed, Residua');
  });

  it('is at 0 % before the first step of a run whose length is not known', () => {
    expect(pageTitle({ ...idleStatus(10), phase: 'running' }, false)).toBe('0 % Residua');
  });
});
