/** The script of the lecture: adds the present state as a step, and orders, renames and removes steps. */
import { useId, useState } from 'react';
import { useStore } from 'zustand';
import { longestCaption, mostLectureSteps } from '#core/lecture-link.ts';
import { firstPanels, type LectureStep } from '#store/lecture/state.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { Hint } from '../ui/Hint.tsx';
import { PageDialog } from '../ui/PageDialog.tsx';
import { Select } from '../ui/Select.tsx';
import { type Staged, stage } from '../ui/stage.ts';
import { ExampleScript } from './ExampleScript.tsx';
import { LectureStepItem } from './LectureStepItem.tsx';
import { lectureEditor, openLectureEditor } from './lecture-editor-state.ts';
import { shownFacts } from './use-shown-facts.ts';
import './lecture-editor.css';

const none = '';

/** Each name once: several rows may have panels of one name. */
const choicesOf = (mounted: readonly Staged[]) =>
  [...new Map(mounted.map(({ name, title }) => [name, title])).entries()].map(([value, label]) => ({
    value,
    label,
  }));

/** The form that adds the present state. */
const AddStep = () => {
  const captionId = useId();
  const [caption, setCaption] = useState('');
  const [panels, setPanels] = useState<readonly [string, string]>([firstPanels[0], firstPanels[1] ?? none]);
  const choices = choicesOf(useStore(stage, (state) => state.mounted));
  const facts = useApp(shownFacts);
  const isFull = useApp((state) => state.lecture.steps.length >= mostLectureSteps);
  const { lecture } = useActions();
  const known = (name: string): string => (choices.some(({ value }) => value === name) ? name : none);
  const first = known(panels[0]) || (choices[0]?.value ?? none);
  const second = known(panels[1]) === first ? none : known(panels[1]);
  const add = (): void => {
    lecture.add({ panels: second === none ? [first] : [first, second], caption: caption.trim() });
    setCaption('');
  };
  return (
    <form
      className="lecture-add"
      onSubmit={(event) => {
        event.preventDefault();
        if (first !== none && !isFull) add();
      }}
    >
      <p className="quiet">The page shows {facts === '' ? 'no image yet' : facts}.</p>
      <label htmlFor={captionId}>Caption</label>
      <Hint text="What the audience should see in this state. It may be empty." side="top">
        <input
          id={captionId}
          type="text"
          maxLength={longestCaption}
          value={caption}
          onChange={({ currentTarget }) => setCaption(currentTarget.value)}
        />
      </Hint>
      <div className="lecture-add-row">
        <Hint text="The panel or chart to show large. The list has those of the open page." side="top">
          <Select
            aria-label="Panel"
            value={first}
            options={choices}
            onChange={(name) => setPanels([name, second])}
          />
        </Hint>
        <Hint text="A second panel or chart beside it." side="top">
          <Select
            aria-label="Second panel"
            value={second}
            options={[
              { value: none, label: 'no second panel' },
              ...choices.filter(({ value }) => value !== first),
            ]}
            onChange={(name) => setPanels([first, name])}
          />
        </Hint>
        <Button
          type="submit"
          tone="primary"
          hint="Adds the shown image and epoch as the last step."
          hintSide="top"
          blocked={
            isFull
              ? `A script has at most ${mostLectureSteps} steps.`
              : first === none
                ? 'This page has no panels.'
                : undefined
          }
        >
          Add this state
        </Button>
      </div>
    </form>
  );
};

/** A step has no identity of its own: equal steps are told apart by their count. */
const keysOf = (steps: readonly LectureStep[]): readonly string[] => {
  const seen = new Map<string, number>();
  return steps.map(({ caption: _, ...place }) => {
    const text = JSON.stringify(place);
    const count = seen.get(text) ?? 0;
    seen.set(text, count + 1);
    return `${text} ${count}`;
  });
};

export const LectureEditor = () => {
  const open = useStore(lectureEditor, (state) => state.open);
  const steps = useApp((state) => state.lecture.steps);
  const running = useApp((state) => state.lecture.running);
  const { lecture } = useActions();
  const keys = keysOf(steps);
  return (
    <PageDialog
      open={open}
      onOpenChange={openLectureEditor}
      className="lecture-editor"
      title="Lecture"
      description="A script of states that fills the screen, one or two panels at a time. Press L to start it, the arrow keys to step through it. Copy link copies it with the settings."
      buttons={
        <>
          {steps.length === 0 && <ExampleScript />}
          {!running && (
            <Button
              tone="primary"
              hint="Fills the screen with the first step."
              hintSide="top"
              blocked={
                steps.length === 0 ? 'The script has no steps yet. Add one, or use the example.' : undefined
              }
              onClick={() => {
                openLectureEditor(false);
                void lecture.start(0);
              }}
            >
              Start
            </Button>
          )}
        </>
      }
    >
      <AddStep />
      {steps.length > 0 && (
        <ol className="lecture-steps" aria-label="Steps">
          {steps.map((step, index) => (
            <LectureStepItem
              key={keys[index]}
              step={step}
              index={index}
              isLast={index === steps.length - 1}
            />
          ))}
        </ol>
      )}
    </PageDialog>
  );
};
