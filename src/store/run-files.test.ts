import { describe, expect, it } from 'vitest';
import { presets } from '#core/config.ts';
import { createFakeClients, fakeImported, fakeModelJson } from './testing/fake-clients.ts';
import { startedStore } from './testing/started-store.ts';

describe('import', () => {
  it('takes settings and history, and counts the weights as kept', async () => {
    const fake = createFakeClients({
      importRun: () => fakeImported({ ...presets.quickLook, epochs: 7 }),
    });
    const { store, run } = await startedStore(fake);
    await run.importRun({ modelJson: fakeModelJson, weights: new ArrayBuffer(0) });
    const state = store.getState().run;
    expect(state.error).toBeUndefined();
    expect(state.configured?.epochs).toBe(7);
    expect(state.history.evaluations).toHaveLength(1);
    expect(state.importedFrom).toBe('bolt');
    expect(state.keptStep).toBe(7);
  });

  it('refuses a file that is no model, and keeps the settings', async () => {
    const { store, run } = await startedStore();
    await run.importRun({ modelJson: '{}', weights: new ArrayBuffer(0) });
    expect(store.getState().run.error?.code).toBe('import-invalid');
    expect(store.getState().run.config).toEqual(presets.quickLook);
  });
});
