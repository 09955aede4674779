/** Plans a race: the settings in which rivals differ from the run, their values, and what the race needs. */
import { useId } from 'react';
import { settingHints } from '../../shared/hints/setting-hints.ts';
import { setRaceDialog } from '../../shared/race/race-dialog.ts';
import { useApp } from '../../shared/store-context.ts';
import { useMainAction } from '../../shared/transport/use-main-action.ts';
import { Button } from '../../ui/Button.tsx';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Hint } from '../../ui/Hint.tsx';
import { PageDialog } from '../../ui/PageDialog.tsx';
import { RaceEstimate } from './RaceEstimate.tsx';
import { RivalsTable } from './RivalsTable.tsx';
import { mostRivals, withRival, withTick } from './race-draft.ts';
import { raceNotes } from './race-notes.ts';
import { raceSettings } from './race-settings.ts';
import { useDraft } from './use-draft.ts';
import { useWhatL2Misses } from './use-what-l2-misses.ts';
import './race-dialog.css';

/** One click to the race that the page is about. */
const PresetRace = () => {
  const { race, blocked } = useWhatL2Misses();
  return (
    <p className="race-preset">
      <Button
        hint="Loads the sample and the settings of Quick look, and starts."
        blocked={blocked}
        onClick={() => void race()}
      >
        What L2 misses
      </Button>
      <span className="quiet">
        L2 against WFDL on the sample: which frequencies does each learn, and when?
      </span>
    </p>
  );
};

const RaceDialog = () => {
  const config = useApp((state) => state.run.config);
  const { draft, edit, configs, problem, discard } = useDraft();
  const start = useMainAction();
  const legend = useId();
  const close = (): void => setRaceDialog(false);
  return (
    <PageDialog
      open
      onOpenChange={(open) => {
        if (open) return;
        discard();
        close();
      }}
      className="race-dialog"
      title="Race against…"
      description="Up to three runs train in turns on one device. They differ only in the settings that you tick."
      buttons={
        <>
          <Button blocked={problem} onClick={close}>
            Plan for Train
          </Button>
          <Button
            tone="primary"
            blocked={problem}
            onClick={() => {
              close();
              void start();
            }}
          >
            Start the race
          </Button>
        </>
      }
      closeLabel="Cancel"
    >
      <PresetRace />
      <fieldset className="race-ticks" aria-labelledby={legend}>
        <p id={legend}>They differ in</p>
        {raceSettings.map((setting) => (
          <Hint key={setting.key} {...settingHints[setting.key]} side="top">
            <label>
              <Checkbox
                checked={draft.ticked.includes(setting)}
                onChange={(ticked) => edit(withTick(draft, config, setting, ticked))}
              />
              {setting.label}
            </label>
          </Hint>
        ))}
      </fieldset>
      <RivalsTable config={config} draft={draft} configs={configs} onEdit={edit} />
      <Button
        className="race-add"
        hint="Three contestants at most."
        hintSide="top"
        blocked={draft.rivals.length < mostRivals ? undefined : 'A race has three contestants at most.'}
        onClick={() => edit(withRival(draft, config))}
      >
        Add a rival
      </Button>
      {problem === undefined ? (
        <>
          <ul className="race-notes">
            {raceNotes(configs ?? [], draft.ticked).map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
          <RaceEstimate />
        </>
      ) : (
        <p className="race-problem" role="alert">
          {problem}
        </p>
      )}
    </PageDialog>
  );
};

export default RaceDialog;
