/** The retained runs that have a row in the comparison. */
import { lossColors } from '../../plot/curve-style.ts';
import { comparison, mostRetainedRows, withRun } from '../../shared/comparison-state.ts';
import { lossLabels } from '../../shared/labels.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Hint } from '../../ui/Hint.tsx';
import { useRetainedRows } from './use-retained-rows.ts';

export const ChooseRuns = () => {
  const { others, ids, noneFits } = useRetainedRows();
  if (others.length === 0) {
    return <p className="quiet">Retained runs appear here: train one with each loss to compare them.</p>;
  }
  const blocked = (id: string): string | undefined =>
    ids.includes(id) || ids.length < mostRetainedRows
      ? undefined
      : `${mostRetainedRows} runs have a row: remove one first.`;
  return (
    <fieldset className="choose-runs">
      <legend>Beside the present run, up to {mostRetainedRows}:</legend>
      {noneFits && (
        <span className="quiet">
          No retained run was trained on {noneFits.category} at {noneFits.side} px.
        </span>
      )}
      {others.map(({ id, name, config: { loss } }) => (
        <Hint key={id} text={`A row for ${name}, with the same image.`} blocked={blocked(id)} side="bottom">
          <label>
            <Checkbox
              checked={ids.includes(id)}
              blocked={blocked(id) !== undefined}
              onChange={(chosen) => comparison.setState({ chosen: withRun(ids, id, chosen) })}
            />
            <i style={{ background: lossColors[loss] }} />
            {name}
            {!name.startsWith(lossLabels[loss]) && <span className="quiet">{lossLabels[loss]}</span>}
          </label>
        </Hint>
      ))}
    </fieldset>
  );
};
