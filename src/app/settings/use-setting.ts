/** One setting of the run: its value, its lock and its setter. */
import { useState } from 'react';
import type { RunConfig } from '#core/config.ts';
import { asResiduaError } from '#core/errors.ts';
import { evaluationSettingNames } from '#core/evaluation-settings.ts';
import type { AppState } from '#store/app-state.ts';
import { historyLock } from '#store/settings-history/actions.ts';
import { useActions, useApp } from '../shared/store-context.ts';

/** Why settings are locked, as a sentence; undefined if they are not. */
export const settingsBlock = (state: Pick<AppState, 'run' | 'race' | 'table'>): string | undefined => {
  const lock = historyLock(state);
  return lock && `${lock.charAt(0).toUpperCase()}${lock.slice(1)}.`;
};

export interface Setting<K extends keyof RunConfig> {
  readonly value: RunConfig[K];
  /**
   * Why it is locked now; undefined if it is not. Locked while training, unless it only affects the score, and while the
   * Table II queue runs.
   */
  readonly blocked: string | undefined;
  /** Differs from the present run's. */
  readonly changed: boolean;
  /** @throws ResiduaError `config-invalid` */
  readonly set: (value: RunConfig[K]) => void;
  /** As `set`, but reports a refusal in `refusal` until any setting changes; returns whether the value was accepted. */
  readonly choose: (value: RunConfig[K]) => boolean;
  readonly refusal: string | undefined;
}

export const useSetting = <K extends keyof RunConfig>(key: K): Setting<K> => {
  const value = useApp((state) => state.run.config[key]);
  const ofRun = useApp((state) => state.run.configured?.[key]);
  const trained = useApp((state) => state.run.status.step > 0);
  const free = evaluationSettingNames.some((setting) => setting === key);
  const blocked = useApp((state) =>
    free && state.table.phase === 'idle' ? undefined : settingsBlock(state),
  );
  const { run } = useActions();
  const config = useApp((state) => state.run.config);
  const [refused, setRefused] = useState<{ readonly config: RunConfig; readonly why: string }>();
  const set = (next: RunConfig[K]): void => run.setConfig({ [key]: next });
  return {
    value,
    blocked,
    changed: trained && ofRun !== undefined && ofRun !== value,
    set,
    choose: (next) => {
      try {
        set(next);
        setRefused(undefined);
        return true;
      } catch (thrown) {
        setRefused({ config, why: asResiduaError(thrown).problem });
        return false;
      }
    },
    refusal: refused?.config === config ? refused.why : undefined,
  };
};
