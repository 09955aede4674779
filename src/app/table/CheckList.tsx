/** Several of a few, each with a box, and all or none of them at once. */
import { Button } from '../ui/Button.tsx';

interface CheckListProps<T extends string> {
  readonly legend: string;
  readonly options: readonly { readonly value: T; readonly label: string; readonly detail?: string }[];
  readonly chosen: readonly T[];
  readonly onChange: (chosen: readonly T[]) => void;
}

export const CheckList = <T extends string>({ legend, options, chosen, onChange }: CheckListProps<T>) => {
  const values = options.map(({ value }) => value);
  return (
    <fieldset className="check-list">
      <legend>
        {legend}
        <Button tone="bare" aria-label={`All: ${legend}`} onClick={() => onChange(values)}>
          all
        </Button>
        <Button tone="bare" aria-label={`None: ${legend}`} onClick={() => onChange([])}>
          none
        </Button>
      </legend>
      <div className="check-list-items">
        {options.map(({ value, label, detail }) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={({ currentTarget }) =>
                onChange(
                  values.filter((other) =>
                    other === value ? currentTarget.checked : chosen.includes(other),
                  ),
                )
              }
            />
            <span>{label}</span>
            {detail && <span className="quiet">{detail}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
};
