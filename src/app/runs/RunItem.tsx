/** One kept run in the column: its curve, its name, its AUROC, and what it is told apart by. */
import type { RunConfig } from '#core/config.ts';
import { epochOf, evaluationOf } from '#store/runs/kept-run.ts';
import { formatCount, formatDuration } from '../format.ts';
import { useActions } from '../hooks/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { Hint } from '../ui/Hint.tsx';
import { DeleteIcon } from '../ui/icons.tsx';
import { CurveSwatch } from './CurveSwatch.tsx';
import { EditableText } from './EditableText.tsx';
import { RunAuroc } from './RunAuroc.tsx';
import { settingLabel, settingValue } from './setting-words.ts';
import type { ListedRun } from './use-run-list.ts';

interface RunItemProps extends ListedRun {
  /** Settings that tell the runs apart. */
  readonly settings: readonly (keyof RunConfig)[];
  readonly canOpen: boolean;
  readonly onOpen: () => void;
}

export const RunItem = ({
  run,
  chosen,
  choosable,
  present,
  unsaved,
  style,
  settings,
  canOpen,
  onOpen,
}: RunItemProps) => {
  const { runs } = useActions();
  const facts = [
    formatCount(epochOf(run), 'epoch'),
    ...(run.trainMs === undefined ? [] : [formatDuration(run.trainMs)]),
    ...settings
      .filter((key) => key !== 'loss' && key !== 'epochs')
      .map((key) => `${settingLabel(key)} ${settingValue(run.config, key)}`),
  ].join(', ');
  return (
    <li className="run-item" aria-current={present || undefined}>
      <Hint
        side="left"
        text={
          choosable
            ? 'Draws its curves in the charts beside those of the present run.'
            : 'Six runs are overlaid: let one of them go first.'
        }
      >
        <input
          type="checkbox"
          checked={chosen}
          disabled={!choosable}
          aria-label={`Overlay ${run.name}`}
          onChange={({ currentTarget }) => runs.choose(run.id, currentTarget.checked)}
        />
      </Hint>
      <CurveSwatch {...style} />
      <EditableText
        label={`Name of ${run.name}`}
        value={run.name}
        onChange={(name) => void runs.rename(run.id, name)}
      />
      <RunAuroc evaluation={evaluationOf(run)} />
      <Hint
        side="left"
        text={
          present ? 'This is the present run.' : 'Makes it the present run, with its weights and settings.'
        }
      >
        <Button
          tone="bare"
          className="run-button"
          disabled={!canOpen || present}
          aria-label={`Open ${run.name}`}
          onClick={onOpen}
        >
          Open
        </Button>
      </Hint>
      <Hint side="left" text="Deletes the run with its weights. Undo brings it back.">
        <Button
          tone="bare"
          className="run-button"
          aria-label={`Delete ${run.name}`}
          onClick={() => void runs.remove(run.id)}
        >
          <DeleteIcon />
        </Button>
      </Hint>
      <p className="run-facts number" title={facts}>
        {unsaved && <b className="run-unsaved">not saved, </b>}
        {facts}
      </p>
    </li>
  );
};
