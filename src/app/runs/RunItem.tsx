/** A retained run in the column: its curve, name, AUROC and distinguishing settings. */
import type { RunConfig } from '#core/config.ts';
import { evaluationSettingNames } from '#core/evaluation-settings.ts';
import { runLengthWords } from '#core/run-length.ts';
import { lengthOf } from '#store/runs/retained-run.ts';
import { CurveSwatch } from '../plot/CurveSwatch.tsx';
import { settingLabel, settingValue } from '../shared/labels.ts';
import { changesByStep } from '../shared/run-changes.ts';
import { useActions } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { formatDuration } from '../ui/format.ts';
import { DeleteIcon } from '../ui/icons.tsx';
import { EditableText } from './EditableText.tsx';
import { OverlayBox, RaceAgain, RunAuroc, runHints } from './RunParts.tsx';
import type { ListedRun } from './use-run-list.ts';

interface RunItemProps extends ListedRun {
  /** Settings that differ between runs. */
  readonly settings: readonly (keyof RunConfig)[];
  /** Why it cannot become the present run now; undefined if it can. */
  readonly openBlocked: string | undefined;
  readonly onOpen: () => void;
}

export const RunItem = ({
  run,
  chosen,
  choosable,
  present,
  shortEnd,
  unsaved,
  style,
  measured,
  settings,
  openBlocked,
  onOpen,
}: RunItemProps) => {
  const { runs } = useActions();
  const facts = [
    runLengthWords(lengthOf(run), shortEnd),
    ...(run.trainMs === undefined ? [] : [formatDuration(run.trainMs)]),
    ...settings
      .filter(
        (key) => key !== 'loss' && key !== 'epochs' && !evaluationSettingNames.some((name) => name === key),
      )
      .map((key) => `${settingLabel(key)} ${settingValue(run.config, key)}`),
    ...changesByStep(run.history.changes, run.summary.stepsPerEpoch).map(({ text }) => `changed at ${text}`),
  ].join(', ');
  return (
    <li className="run-item" aria-current={present || undefined}>
      <OverlayBox {...{ run, chosen, choosable }} />
      <CurveSwatch {...style} />
      <EditableText
        label={`Name of ${run.name}`}
        value={run.name}
        onChange={(name) => void runs.rename(run.id, name)}
      />
      <RunAuroc run={run} measured={measured} />
      <RaceAgain run={run} />
      <Button
        tone="bare"
        className="run-button"
        hint={runHints.open}
        hintSide="left"
        blocked={present ? runHints.present : openBlocked}
        aria-label={`Open ${run.name}`}
        onClick={onOpen}
      >
        Open
      </Button>
      <Button
        tone="bare"
        className="run-button"
        hint={runHints.remove}
        hintSide="left"
        aria-label={`Delete ${run.name}`}
        onClick={() => void runs.remove(run.id)}
      >
        <DeleteIcon />
      </Button>
      <p className="run-facts number">
        {unsaved && <b className="run-unsaved">not saved, </b>}
        {measured.notes.length > 0 && (
          <b className={measured.comparable ? 'run-rescored' : 'run-measure'}>
            {measured.notes.join(', ')};{' '}
          </b>
        )}
        {facts}
      </p>
    </li>
  );
};
