/** A list of checkboxes, with buttons for all and none. */
import { Button } from '../ui/Button.tsx';
import { Checkbox } from '../ui/Checkbox.tsx';
import { Hint, type HintContent } from '../ui/Hint.tsx';

interface CheckListProps<T extends string> {
  readonly legend: string;
  readonly options: readonly {
    readonly value: T;
    readonly label: string;
    readonly hint: HintContent;
    readonly detail?: string;
  }[];
  readonly chosen: readonly T[];
  readonly onChange: (chosen: readonly T[]) => void;
}

export const CheckList = <T extends string>({ legend, options, chosen, onChange }: CheckListProps<T>) => {
  const values = options.map(({ value }) => value);
  return (
    <fieldset className="check-list">
      <legend>
        {legend}
        <Button tone="bare" hint="Checks all." aria-label={`All: ${legend}`} onClick={() => onChange(values)}>
          all
        </Button>
        <Button tone="bare" hint="Unchecks all." aria-label={`None: ${legend}`} onClick={() => onChange([])}>
          none
        </Button>
      </legend>
      <div className="check-list-items">
        {options.map(({ value, label, hint, detail }) => (
          <Hint key={value} {...hint} side="top">
            <label>
              <Checkbox
                checked={chosen.includes(value)}
                onChange={(wanted) =>
                  onChange(values.filter((other) => (other === value ? wanted : chosen.includes(other))))
                }
              />
              <span>{label}</span>
              {detail && <span className="quiet">{detail}</span>}
            </label>
          </Hint>
        ))}
      </div>
    </fieldset>
  );
};
