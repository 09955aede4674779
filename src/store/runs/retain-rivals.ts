/** Retains each rival of a race when it is finished or stopped. */

import type { TrainingClient } from '#worker/training-client.ts';
import type { AppState, StateApi } from '../app-state.ts';
import { runReferences } from '../baselines/run-references.ts';
import { baselineConfig, referencesKey } from '../baselines/state.ts';
import { newId } from '../new-id.ts';
import type { Contestant } from '../race/state.ts';
import { deviceInWords } from './device-in-words.ts';
import { evaluatedImages } from './measure.ts';
import { nextName, type RetainedRun } from './retained-run.ts';
import type { SyncedLibrary } from './synced-library.ts';

/** The references are those of the present run; a score that uses the frequency weight may need others for a rival. */
const referencesOf = (state: AppState, { config, history }: Contestant): RetainedRun['references'] =>
  referencesKey(config) === referencesKey(baselineConfig(state.run))
    ? runReferences(state, history.evaluations.at(-1))
    : undefined;

/**
 * Follows the rivals.
 * @param fail receives the error of a rival that cannot be retained
 */
export const retainRivals = (
  api: StateApi,
  training: TrainingClient,
  library: SyncedLibrary,
  fail: (thrown: unknown) => void,
): void => {
  const retain = async (place: number, rival: Contestant, raceId: string): Promise<void> => {
    const { dataset, run, runs } = api.getState();
    const { config, summary, history, status } = rival;
    const trainMs = run.resumed ? undefined : status.turnMs;
    try {
      // Send the request at once, because the next run to start replaces this race.
      const [files] = await Promise.all([
        training.request('exportRival', { place, past: runs.keepsPast && !runs.memoryOnly }),
        library.opened(),
      ]);
      const state = api.getState();
      const { retained } = state.runs;
      const before = retained.find(({ race }) => race?.id === raceId && race.place === place);
      await library.put(
        {
          id: before?.id ?? newId(),
          name: before?.name ?? nextName(config.loss, retained),
          note: before?.note ?? '',
          createdAt: before?.createdAt ?? Date.now(),
          categoryName: dataset.loaded?.category.name ?? '',
          config,
          history,
          device: deviceInWords(run.device),
          trainMs: trainMs === undefined ? undefined : Math.round(trainMs),
          summary,
          data: dataset.loaded?.facts,
          evaluatedOn: dataset.loaded && evaluatedImages(dataset.loaded),
          race: { id: raceId, place },
          references: referencesOf(state, rival),
        },
        files,
      );
    } catch (thrown) {
      fail(thrown);
    }
  };

  /** The race that an import will replace: until it is complete, the events of its runs meet that race. */
  let replaced: string | undefined;
  api.subscribe(({ race, run }, { race: before, run: runBefore }) => {
    if (run.task === 'importing') {
      if (runBefore.task !== 'importing') replaced = race.id;
      if (race.id === replaced) return;
    }
    if (race.rivals === before.rivals || race.id === undefined || race.id !== before.id) return;
    race.rivals.forEach((rival, index) => {
      const { phase } = rival.status;
      if (phase === 'finished' && before.rivals[index]?.status.phase !== phase && race.id !== undefined)
        void retain(index + 1, rival, race.id);
    });
  });
};
