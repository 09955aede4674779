/** One setting of the run: its value, whether it may change now, and how it is changed. */
import type { RunConfig } from '#core/config.ts';
import { evaluationSettingNames } from '#core/evaluation-settings.ts';
import { useActions, useApp } from '../hooks/store-context.ts';

export interface Setting<K extends keyof RunConfig> {
  readonly value: RunConfig[K];
  /** Locked while running, unless it only says how the trained model is scored; and while Table II's queue runs. */
  readonly locked: boolean;
  /** Differs from the run that exists. */
  readonly changed: boolean;
  /** @throws ResiduaError `config-invalid` */
  readonly set: (value: RunConfig[K]) => void;
}

export const useSetting = <K extends keyof RunConfig>(key: K): Setting<K> => {
  const value = useApp((state) => state.run.config[key]);
  const ofRun = useApp((state) => state.run.configured?.[key]);
  const trained = useApp((state) => state.run.status.step > 0);
  const busy = useApp((state) => state.run.status.phase === 'running' || state.run.task !== undefined);
  const queued = useApp((state) => state.table.phase !== 'idle');
  const { run } = useActions();
  const free = evaluationSettingNames.some((setting) => setting === key);
  return {
    value,
    locked: queued || (busy && !free),
    changed: trained && ofRun !== undefined && ofRun !== value,
    set: (next) => run.setConfig({ [key]: next }),
  };
};
