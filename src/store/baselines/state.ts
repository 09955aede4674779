/** The baselines of the loaded category, and the settings of their computation. */
import type { StatisticEvaluation } from '#core/baselines/baseline-evaluation.ts';
import type { ReferenceEvaluations } from '#core/baselines/reference-evaluation.ts';
import type { RunConfig } from '#core/config.ts';
import type { PlainError } from '#core/errors.ts';
import {
  type EvaluationSettings,
  evaluationSettingsOf,
  scoreSettingNames,
} from '#core/evaluation-settings.ts';
import type { ShareDone } from '#core/share-clock.ts';
import { holdOutKey } from '#core/training-split.ts';
import type { RunState } from '../run/state.ts';

/** The references and the settings of their computation. */
export interface KnownReferences {
  /** `referencesKey` of the settings. */
  readonly key: string;
  readonly settings: EvaluationSettings;
  readonly evaluations: ReferenceEvaluations;
}

export interface BaselinesState {
  /** Statistics of the test images; undefined until they are computed. */
  readonly statistics: readonly StatisticEvaluation[] | undefined;
  /** `holdOutKey` of the settings of the statistics. */
  readonly statisticsKey: string | undefined;
  /** The references computed last. While `underWay` is set, they may belong to earlier settings. */
  readonly references: KnownReferences | undefined;
  /** The computation under way; `progress` is undefined if it is short. */
  readonly underWay: { readonly progress: ShareDone | undefined } | undefined;
  /** Whether the user has canceled the computation. */
  readonly stopped: boolean;
  readonly error: PlainError | undefined;
}

export const initialBaselines: BaselinesState = {
  statistics: undefined,
  statisticsKey: undefined,
  references: undefined,
  underWay: undefined,
  stopped: false,
  error: undefined,
};

/** Returns the settings of the present run (without a run, those of the page), with the page's evaluation settings. */
export const baselineConfig = ({
  config,
  configured,
}: Pick<RunState, 'config' | 'configured'>): RunConfig => ({
  ...(configured ?? config),
  ...evaluationSettingsOf(config),
});

/** Settings of the frequency weight w(u, v), for the score `spectral`. */
const weightSettings = [
  'weight',
  'weightPower',
  'weightGamma',
  'weightEpsilon',
  'weightCurve',
  'dcWeight',
] as const satisfies (keyof RunConfig)[];

/** Returns a key that changes with every setting of the references. */
export const referencesKey = (config: RunConfig): string =>
  [
    config.side,
    config.fit,
    holdOutKey(config),
    ...[...scoreSettingNames, ...(config.score === 'spectral' ? weightSettings : [])].map(
      (name) => config[name],
    ),
  ].join(' ');

/** Returns the references with the present settings; undefined if they are not computed yet. */
export const presentReferences = (
  { references }: BaselinesState,
  run: Pick<RunState, 'config' | 'configured'>,
): ReferenceEvaluations | undefined =>
  references?.key === referencesKey(baselineConfig(run)) ? references.evaluations : undefined;
