/** What the page knows of the baselines of the loaded category, and what of it holds for the present settings. */
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

/** The references with the settings that they were asked for with. */
export interface KnownReferences {
  /** `referencesKey` of the settings. */
  readonly key: string;
  readonly settings: EvaluationSettings;
  readonly evaluations: ReferenceEvaluations;
}

export interface BaselinesState {
  /** Statistics of the test images; undefined until they are computed. */
  readonly statistics: readonly StatisticEvaluation[] | undefined;
  /** `holdOutKey` of the settings that the statistics' deviations were taken with. */
  readonly statisticsKey: string | undefined;
  /** The last that were computed: those of settings before while `underWay` is at others. */
  readonly references: KnownReferences | undefined;
  /** The computation under way; `progress` is undefined where it is short. */
  readonly underWay: { readonly progress: ShareDone | undefined } | undefined;
  /** Whether the user has cancelled what is missing. */
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

/** The run's settings, as far as there is a run, and the page's evaluation settings. */
export const baselineConfig = ({
  config,
  configured,
}: Pick<RunState, 'config' | 'configured'>): RunConfig => ({
  ...(configured ?? config),
  ...evaluationSettingsOf(config),
});

/** Settings of w(u, v), which the score `spectral` uses. */
const weightSettings = [
  'weight',
  'weightPower',
  'weightGamma',
  'weightEpsilon',
  'weightCurve',
  'dcWeight',
] as const satisfies (keyof RunConfig)[];

/** Tells apart settings that give other references. */
export const referencesKey = (config: RunConfig): string =>
  [
    config.side,
    holdOutKey(config),
    ...[...scoreSettingNames, ...(config.score === 'spectral' ? weightSettings : [])].map(
      (name) => config[name],
    ),
  ].join(' ');

/** The references of the present settings; undefined while those are computed. */
export const presentReferences = (
  { references }: BaselinesState,
  run: Pick<RunState, 'config' | 'configured'>,
): ReferenceEvaluations | undefined =>
  references?.key === referencesKey(baselineConfig(run)) ? references.evaluations : undefined;
