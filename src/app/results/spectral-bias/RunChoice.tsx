/** Chooses one of the runs with retained spectra, by their loss. */
import type { LossName } from '#core/config.ts';
import type { LossSpectra } from '#store/run/loss-spectra.ts';
import { lossLabels } from '../../shared/labels.ts';
import { Hint } from '../../ui/Hint.tsx';
import { Select } from '../../ui/Select.tsx';

interface RunChoiceProps {
  readonly label: string;
  /** The label of the default, if no retained run is chosen. */
  readonly otherwise: string;
  readonly others: readonly LossSpectra[];
  readonly value: LossName | undefined;
  readonly onChange: (loss: LossName | undefined) => void;
}

const nameOf = ({ loss, seed, side, categoryName, records }: LossSpectra): string =>
  [
    `${lossLabels[loss]}, seed ${seed}, ${records.at(-1)?.epoch ?? 0} epochs, ${side} px`,
    ...(categoryName === undefined ? [] : [categoryName]),
  ].join(', ');

export const RunChoice = ({ label, otherwise, others, value, onChange }: RunChoiceProps) => (
  <Hint
    text={`${label}. The last run of each loss stays here as long as the page is open.`}
    blocked={others.length === 0 ? 'Train with another loss to compare it here.' : undefined}
    side="top"
  >
    <Select
      className="spectral-choice number"
      aria-label={label}
      value={value ?? ''}
      options={[
        { value: '', label: otherwise },
        ...others.map((run) => ({ value: run.loss, label: nameOf(run) })),
      ]}
      blocked={others.length === 0}
      onChange={(loss) => onChange(loss === '' ? undefined : loss)}
    />
  </Hint>
);
