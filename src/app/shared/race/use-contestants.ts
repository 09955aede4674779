/** The contestants of the present race with their names and curve styles. */
import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { RunConfig } from '#core/config.ts';
import { contestantsOf } from '#store/race/state.ts';
import { type CurveStyle, contestantStyles } from '../../plot/curve-style.ts';
import { useApp } from '../store-context.ts';
import { contestantNames } from './contestant-names.ts';

export interface NamedContestant {
  /** 0 is the present run. */
  readonly place: number;
  readonly config: RunConfig;
  /** What differs from the others. */
  readonly name: string;
  readonly style: CurveStyle;
}

const none: readonly RunConfig[] = [];

/** All contestants, the present run first; empty unless a race exists. Stable while their settings are. */
export const useContestants = (): readonly NamedContestant[] => {
  const configs = useApp(
    useShallow((state) =>
      state.race.rivals.length === 0 ? none : contestantsOf(state).map(({ config }) => config),
    ),
  );
  return useMemo(() => {
    const names = contestantNames(configs);
    const styles = contestantStyles(configs.map(({ loss }) => loss));
    return configs.map((config, place) => ({
      place,
      config,
      name: names[place]!,
      style: styles[place]!,
    }));
  }, [configs]);
};
