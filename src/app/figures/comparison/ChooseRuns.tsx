/** Which kept runs have a row in the comparison. */
import { lossColours } from '../../charts/axis-style.ts';
import { lossLabels } from '../../loss-labels.ts';
import { comparison, mostKeptRows, withRun } from './comparison-state.ts';
import { useKeptRows } from './use-comparison-rows.ts';

export const ChooseRuns = () => {
  const { others, ids } = useKeptRows();
  if (others.length === 0) {
    return (
      <p className="quiet">
        Runs that are kept on the bench appear here: train one with each loss to compare them.
      </p>
    );
  }
  return (
    <fieldset className="choose-runs">
      <legend>Beside the present run, up to {mostKeptRows}:</legend>
      {others.map(({ id, name, config: { loss } }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={ids.includes(id)}
            disabled={!ids.includes(id) && ids.length >= mostKeptRows}
            onChange={({ currentTarget }) =>
              comparison.setState({ chosen: withRun(ids, id, currentTarget.checked) })
            }
          />
          <i style={{ background: lossColours[loss] }} />
          {name}
          {!name.startsWith(lossLabels[loss]) && <span className="quiet">{lossLabels[loss]}</span>}
        </label>
      ))}
    </fieldset>
  );
};
