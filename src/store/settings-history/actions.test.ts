/** Undo and redo in the store: the recorded and the reverted changes, and when neither is possible. */
import { describe, expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { createAppStore } from '../app-store.ts';
import { createFakeClients } from '../testing/fake-clients.ts';
import { startedStore } from '../testing/started-store.ts';
import { historyLock } from './actions.ts';

const started = async () => {
  const { fake, store } = await startedStore();
  const config = () => store.getState().run.config;
  const history = () => store.getState().settings;
  return { fake, store, config, history, ...store.actions };
};

describe('recorded changes', () => {
  it('is a control’s change, a preset and a link, each as one', async () => {
    const { run, history } = await started();
    run.setConfig({ batch: 16 });
    run.applyPreset('paper');
    run.openLink('#v=2&preset=quickLook&loss=l2');
    expect(history().past.map(({ kind }) => kind)).toEqual(['setting', 'preset', 'link']);
  });

  it('is not the link with which the visit starts', async () => {
    const store = createAppStore(createFakeClients().clients);
    store.actions.run.openLink('#v=2&preset=paper');
    await store.actions.startUp();
    expect(store.getState().run.config.side).toBe(256);
    expect(store.getState().settings.past).toEqual([]);
  });

  it('is not a change that was refused, nor one to the same value', async () => {
    const { run, history } = await started();
    expect(() => run.setConfig({ batch: 0 })).toThrow('batch is 0');
    run.setConfig({ batch: presets.quickLook.batch });
    run.openLink('#preset=none');
    expect(history().past).toEqual([]);
  });
});

describe('undo and redo', () => {
  it('put back the settings of a preset, the seed untouched', async () => {
    const { run, settings, config } = await started();
    run.setConfig({ seed: 7 });
    run.applyPreset('paper');
    settings.undo();
    expect(config()).toEqual({ ...presets.quickLook, seed: 7 });
    settings.redo();
    expect(config()).toEqual({ ...presets.paper, seed: 7 });
  });

  it('join the values of a drag, by the store’s clock', async () => {
    const { fake, run, settings, config, history } = await started();
    for (const dcWeight of [0.9, 0.7, 0.3]) {
      fake.nowMs += 16;
      run.setConfig({ dcWeight });
    }
    expect(history().past).toHaveLength(1);
    settings.undo();
    expect(config().dcWeight).toBe(presets.quickLook.dcWeight);
  });

  it('do nothing while training, and report why; the score’s settings are still recorded', async () => {
    const { run, settings, config, history, store } = await started();
    run.setConfig({ batch: 16 });
    await run.start();
    expect(historyLock(store.getState())).toContain('while training');
    run.setConfig({ batchNorm: 'running' });
    settings.undo();
    expect(config()).toMatchObject({ batch: 16, batchNorm: 'running' });
    expect(history().past).toHaveLength(2);
  });

  it('report a refusal as the run’s error, and keep the change', async () => {
    const { run, settings, history, store } = await started();
    run.setConfig({ compositeL2: 0 });
    run.setConfig({ compositeL2: 2 });
    // As after an import: without its L2 part this composite would have none.
    store.setState((state) => ({
      run: { ...state.run, config: { ...state.run.config, loss: 'composite', compositeFocalFrequency: 0 } },
    }));
    settings.undo();
    expect(store.getState().run.error?.problem).toContain('no part');
    expect(history().past).toHaveLength(2);
  });
});
