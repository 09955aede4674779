/** The running lecture: one or two panels, a caption, and the way through the script. It fills the screen. */
import { Dialog } from 'radix-ui';
import { useRef } from 'react';
import { useStore } from 'zustand';
import { firstPanels, shownStep } from '#store/lecture/state.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { stage, stagedByName } from '../ui/stage.ts';
import { ExampleScript } from './ExampleScript.tsx';
import { LectureNote } from './LectureNote.tsx';
import { lectureEditor, openLectureEditor } from './lecture-editor-state.ts';
import { PanelPlace } from './PanelPlace.tsx';
import { useFullScreen } from './use-full-screen.ts';
import { useLectureKeys } from './use-lecture-keys.ts';
import { shownFacts } from './use-shown-facts.ts';
import './lecture.css';

const LecturePanel = ({ name }: { readonly name: string }) => {
  const staged = useStore(stage, ({ mounted }) => stagedByName(mounted, name));
  return (
    <div className="lecture-panel">
      {staged ? (
        <PanelPlace key={staged.id} id={staged.id} title={staged.title} />
      ) : (
        <p className="lecture-missing">The panel “{name}” is folded, or not on this page now.</p>
      )}
    </div>
  );
};

export const LectureStage = () => {
  const running = useApp((state) => state.lecture.running);
  const step = useApp((state) => shownStep(state.lecture));
  const position = useApp((state) => state.lecture.position);
  const count = useApp((state) => state.lecture.steps.length);
  const facts = useApp(shownFacts);
  const editing = useStore(lectureEditor, (state) => state.open);
  const content = useRef<HTMLDivElement>(null);
  const { lecture } = useActions();
  useFullScreen(running, lecture.leave);
  useLectureKeys(running && !editing);
  const panels = step?.panels ?? firstPanels;
  const alone = 'The script has no other step.';
  return (
    <Dialog.Root open={running} onOpenChange={(open) => !open && lecture.leave()}>
      <Dialog.Portal>
        <Dialog.Content
          className="lecture"
          ref={content}
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            content.current?.focus();
          }}
          // In React's tree the panels are outside the dialog.
          onInteractOutside={(event) => event.preventDefault()}
        >
          <Dialog.Title className="visually-hidden">Lecture</Dialog.Title>
          <div className="lecture-panels" data-count={panels.length}>
            {panels.map((name) => (
              <LecturePanel key={name} name={name} />
            ))}
          </div>
          <p className="lecture-caption" aria-live="polite">
            {step?.caption ??
              'This lecture has no script yet. Use the example, or open Script to add states of your own.'}
          </p>
          <LectureNote />
          <div className="lecture-bar number">
            <span className="lecture-facts">{facts}</span>
            {count === 0 ? (
              <ExampleScript />
            ) : (
              <>
                <Button
                  hint="The step before, as does ←."
                  hintSide="top"
                  blocked={position > 0 ? undefined : count > 1 ? 'This is the first step.' : alone}
                  onClick={() => void lecture.go(position - 1)}
                >
                  Back
                </Button>
                <span data-testid="lecture-position">
                  {position + 1} of {count}
                </span>
                <Button
                  tone="primary"
                  hint="The next step, as does →. The keys ↑ and ↓ change the epoch."
                  hintSide="top"
                  blocked={position < count - 1 ? undefined : count > 1 ? 'This is the last step.' : alone}
                  onClick={() => void lecture.go(position + 1)}
                >
                  Next
                </Button>
              </>
            )}
            <Button
              hint="Adds, orders and removes the steps."
              hintSide="top"
              onClick={() => openLectureEditor(true)}
            >
              Script
            </Button>
            <Button hint="Leaves the lecture, as do Esc and L." hintSide="top" onClick={lecture.leave}>
              Leave
            </Button>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
