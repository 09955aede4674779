import { describe, expect, it } from 'vitest';
import { lossNames } from '#core/config.ts';
import { presets } from '#core/presets.ts';
import { mostChosen } from '#store/runs/state.ts';
import { curveStyles, presentStyle } from '../plot/curve-style.ts';
import { settingLabel, settingValue } from '../shared/labels.ts';

describe('curves', () => {
  it('have the color of their loss and a dash of their own, which the present run does not have', () => {
    const styles = [presentStyle('wfdl'), ...curveStyles(Array(mostChosen).fill('wfdl'))];
    expect(new Set(styles.map(({ color }) => color)).size).toBe(1);
    expect(new Set(styles.map(({ dash }) => dash)).size).toBe(mostChosen + 1);
  });

  it('of different losses have different colors', () => {
    const styles = curveStyles(lossNames);
    expect(new Set(styles.map(({ color }) => color)).size).toBe(lossNames.length);
  });
});

describe('settings in words', () => {
  it('are the words of their names', () => {
    expect(['side', 'learningRate', 'memoryBudgetMB', 'dcWeight', 'ssimK1'].map(settingLabel)).toEqual([
      ...['side', 'learning rate', 'memory budget MB', 'dc weight', 'ssim K1'],
    ]);
  });

  it('have their values as the page says them', () => {
    const config = { ...presets.quickLook, loss: 'wfdl', learningRate: 1e-3 } as const;
    expect(settingValue(config, 'loss')).toBe('WFDL');
    expect(settingValue(config, 'learningRate')).toBe('0.001');
    expect(settingValue(config, 'batchNorm')).toBe('recalibrated');
  });
});
