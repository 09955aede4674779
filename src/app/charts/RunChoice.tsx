/** Chooses one of the runs whose spectra are kept, by their loss. */
import type { LossName } from '#core/config.ts';
import type { LossSpectra } from '#store/loss-spectra.ts';
import { lossLabels } from '../loss-labels.ts';

interface RunChoiceProps {
  readonly label: string;
  /** What is shown where none of the kept runs is chosen. */
  readonly otherwise: string;
  readonly kept: readonly LossSpectra[];
  readonly value: LossName | undefined;
  readonly onChange: (loss: LossName | undefined) => void;
}

const nameOf = ({ loss, seed, side, categoryName, records }: LossSpectra): string =>
  [
    `${lossLabels[loss]}, seed ${seed}, ${records.at(-1)?.epoch ?? 0} epochs, ${side} px`,
    ...(categoryName === undefined ? [] : [categoryName]),
  ].join(', ');

export const RunChoice = ({ label, otherwise, kept, value, onChange }: RunChoiceProps) => (
  <select
    className="spectral-choice number"
    aria-label={label}
    title={kept.length === 0 ? 'Train with another loss to compare it here' : label}
    value={value ?? ''}
    disabled={kept.length === 0}
    onChange={({ currentTarget }) => onChange(kept[currentTarget.selectedIndex - 1]?.loss)}
  >
    <option value="">{otherwise}</option>
    {kept.map((run) => (
      <option key={run.loss} value={run.loss}>
        {nameOf(run)}
      </option>
    ))}
  </select>
);
