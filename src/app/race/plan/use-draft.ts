/** The draft of the race in the dialog. It is the plan as soon as its values are valid, so the estimate follows it. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { RunConfig } from '#core/config.ts';
import { asResiduaError } from '#core/errors.ts';
import { contestantConfigs, type RaceVariant } from '#core/race.ts';
import { useActions, useApp, useAppStore } from '../../shared/store-context.ts';
import { draftOf, type RaceDraft, variantsOf } from './race-draft.ts';

export interface EditedDraft {
  readonly draft: RaceDraft;
  readonly edit: (draft: RaceDraft) => void;
  /** The settings of all contestants; undefined while they are invalid. */
  readonly configs: readonly RunConfig[] | undefined;
  /** Why they are invalid. */
  readonly problem: string | undefined;
  /** Restores the plan from before the dialog. */
  readonly discard: () => void;
}

type Checked =
  | { readonly configs: readonly RunConfig[]; readonly variants: readonly RaceVariant[] }
  | { readonly problem: string };

const check = (draft: RaceDraft, config: RunConfig): Checked => {
  if (draft.ticked.length === 0) return { problem: 'Tick at least one setting in which they differ.' };
  const variants = variantsOf(draft, config);
  try {
    return { configs: contestantConfigs(config, variants), variants };
  } catch (thrown) {
    return { problem: asResiduaError(thrown).problem };
  }
};

export const useDraft = (): EditedDraft => {
  const store = useAppStore();
  const config = useApp((state) => state.run.config);
  const { race } = useActions();
  const [draft, setDraft] = useState(() => draftOf(config, store.getState().race.planned));
  const before = useRef(store.getState().race.planned);
  const checked = useMemo(() => check(draft, config), [draft, config]);
  useEffect(() => {
    if ('variants' in checked) race.plan(checked.variants);
  }, [checked, race]);
  return {
    draft,
    edit: setDraft,
    configs: 'configs' in checked ? checked.configs : undefined,
    problem: 'problem' in checked ? checked.problem : undefined,
    discard: () => race.plan(before.current),
  };
};
