/** The race "What L2 misses": L2 against WFDL on the sample, with the settings of Quick look. */
import { sampleCategoryName } from '#core/dataset.ts';
import { racePresets } from '#core/race-presets.ts';
import { setRaceDialog } from '../../shared/race/race-dialog.ts';
import { useRaceBlocked } from '../../shared/race/use-race-blocked.ts';
import { useAppStore } from '../../shared/store-context.ts';
import { useMainAction } from '../../shared/transport/use-main-action.ts';
import { useOpen } from '../../shared/use-open.ts';

const whatL2Misses = racePresets['what-l2-misses'];

export interface PresetRace {
  readonly race: () => Promise<void>;
  readonly blocked: string | undefined;
}

export const useWhatL2Misses = (): PresetRace => {
  const store = useAppStore();
  const start = useMainAction();
  const blocked = useRaceBlocked();
  const open = useOpen();
  const isSampleLoaded = (): boolean => store.getState().dataset.loaded?.category.name === sampleCategoryName;
  const race = async (): Promise<void> => {
    setRaceDialog(false);
    const { run, race, view } = store.actions;
    if (!isSampleLoaded()) await open.sample();
    if (!isSampleLoaded()) return;
    race.cancelPlan();
    run.applyPreset('quickLook');
    run.setConfig(whatL2Misses.settings);
    race.plan(whatL2Misses.rivals);
    view.set({ page: 'bench' });
    await start();
  };
  return { race, blocked };
};
