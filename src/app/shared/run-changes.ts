/** Changes of a run's settings, in words. */
import type { ChangeableSetting, RunChange } from '#core/run-change.ts';
import { settingLabel } from './labels.ts';

/** The value of a setting; undefined for a drawn curve, whose points are too long to show. */
const shownValue = (setting: ChangeableSetting, value: RunChange['before']): string | undefined =>
  setting === 'weightCurve' ? undefined : String(value);

/** `learning rate 0.003 → 0.001`. */
const changeText = ({ setting, before, after }: RunChange): string => {
  const [from, to] = [shownValue(setting, before), shownValue(setting, after)];
  return from === undefined ? settingLabel(setting) : `${settingLabel(setting)} ${from} → ${to}`;
};

/** The epoch of a change, with one decimal within an epoch. */
const epochText = (step: number, stepsPerEpoch: number): string => {
  const epoch = step / Math.max(1, stepsPerEpoch);
  return Number.isInteger(epoch) ? String(epoch) : epoch.toFixed(1);
};

/** All changes made at one step. */
export interface ChangesAtStep {
  readonly step: number;
  /** `epoch 12: learning rate 0.003 → 0.001, epochs 80 → 160`. */
  readonly text: string;
  /** The same for a mark in a chart: `learning rate 0.001`. */
  readonly short: string;
}

/**
 * The changes of a run, by step.
 * @param stepsPerEpoch of that run
 */
export const changesByStep = (
  changes: readonly RunChange[] = [],
  stepsPerEpoch: number,
): readonly ChangesAtStep[] =>
  [...new Set(changes.map(({ step }) => step))].map((step) => {
    const here = changes.filter((change) => change.step === step);
    return {
      step,
      text: `epoch ${epochText(step, stepsPerEpoch)}: ${here.map(changeText).join(', ')}`,
      short: here
        .map(({ setting, after }) => [settingLabel(setting), shownValue(setting, after)].join(' ').trim())
        .join(', '),
    };
  });
