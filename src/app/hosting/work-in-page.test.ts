import { describe, expect, it } from 'vitest';
import type { AppState } from '#store/app-state.ts';
import { startedStore } from '#store/testing/started-store.ts';
import { blockedReload, isAsOpened } from './work-in-page.ts';

/** The page after its start, with the sample. */
const opened = async (): Promise<AppState> => (await startedStore()).store.getState();

const withStatus = (state: AppState, status: Partial<AppState['run']['status']>): AppState => ({
  ...state,
  run: { ...state.run, configured: state.run.config, status: { ...state.run.status, ...status } },
});

describe('a reload', () => {
  it('changes nothing of a page that shows the sample, or the bundled pair', async () => {
    const state = await opened();
    expect(isAsOpened(state)).toBe(true);
    const pair = withStatus({ ...state, pair: { phase: 'shown' } }, { phase: 'finished' });
    expect(isAsOpened(pair)).toBe(true);
  });

  it('would change a page with a run, other images, or images that are loading', async () => {
    const state = await opened();
    const { loaded } = state.dataset;
    if (!loaded) throw new Error('the sample is loaded');
    const loading = { name: 'bolt', side: 32, done: 0, total: 4 };
    const [first] = loaded.category.samples;
    const own = { ...first!, source: { kind: 'file', image: new Blob(), masks: [] } } as const;
    const category = { ...loaded.category, samples: [own] };
    expect(isAsOpened(withStatus(state, { phase: 'idle' }))).toBe(false);
    expect(isAsOpened({ ...state, dataset: { ...state.dataset, loading } })).toBe(false);
    expect(isAsOpened({ ...state, dataset: { ...state.dataset, loaded: { ...loaded, category } } })).toBe(
      false,
    );
  });

  it('is blocked, with the reason, during a run or the queue, and while weights would be lost', async () => {
    const state = await opened();
    expect(blockedReload(state)).toBeUndefined();
    expect(blockedReload(withStatus(state, { phase: 'running' }))).toContain('busy');
    expect(blockedReload(withStatus(state, { phase: 'paused', step: 4 }))).toContain('would be lost');
    expect(blockedReload({ ...state, table: { ...state.table, phase: 'running' } })).toContain('Table II');
  });
});
