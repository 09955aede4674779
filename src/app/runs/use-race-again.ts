/** Plans a race of a retained run's settings: against its rivals if it raced, else against a rival to choose. */
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { variableSettings, variantOf } from '#core/race.ts';
import type { RetainedRun } from '#store/runs/retained-run.ts';
import { setRaceDialog } from '../shared/race/race-dialog.ts';
import { useAppStore } from '../shared/store-context.ts';

export const useRaceAgain = (): ((run: RetainedRun) => void) => {
  const store = useAppStore();
  return ({ id, race, config }) => {
    const { run, runs } = store.getState();
    const { memoryBudgetMB, microBatch } = run.config;
    const settings = { ...config, ...evaluationSettingsOf(run.config), memoryBudgetMB, microBatch };
    store.actions.run.setConfig(settings);
    const variable = variableSettings(settings);
    const rivals = runs.retained.filter((other) => other.id !== id && race && other.race?.id === race.id);
    store.actions.race.plan(
      rivals.slice(0, 2).map((rival) => {
        const variant = Object.entries(variantOf(settings, rival.config));
        return Object.fromEntries(variant.filter(([key]) => variable.some((name) => name === key)));
      }),
    );
    setRaceDialog(true);
  };
};
