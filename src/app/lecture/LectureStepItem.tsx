/** One step in the editor of the lecture. */
import { useStore } from 'zustand';
import { longestCaption } from '#core/lecture-link.ts';
import type { LectureStep } from '#store/lecture/state.ts';
import { useActions } from '../shared/store-context.ts';
import { Button } from '../ui/Button.tsx';
import { Hint } from '../ui/Hint.tsx';
import { DeleteIcon, LineIcon } from '../ui/icons.tsx';
import { type Staged, stage, stagedByName } from '../ui/stage.ts';

interface LectureStepItemProps {
  readonly step: LectureStep;
  readonly index: number;
  readonly isLast: boolean;
}

const placeText = ({ panels, path, epoch }: LectureStep, mounted: readonly Staged[]): string =>
  [
    panels.map((name) => stagedByName(mounted, name)?.title ?? name.replaceAll('-', ' ')).join(' | '),
    ...(epoch === undefined ? [] : [`epoch ${epoch}`]),
    ...(path === undefined ? [] : [path]),
  ].join(', ');

export const LectureStepItem = ({ step, index, isLast }: LectureStepItemProps) => {
  const mounted = useStore(stage, (state) => state.mounted);
  const { lecture } = useActions();
  const number = index + 1;
  return (
    <li className="lecture-step">
      <span className="lecture-step-number number">{number}</span>
      <div className="lecture-step-text">
        <Hint text="The caption of this step." side="top">
          <input
            type="text"
            aria-label={`Caption of step ${number}`}
            placeholder="no caption"
            maxLength={longestCaption}
            value={step.caption}
            onChange={({ currentTarget }) => lecture.change(index, { caption: currentTarget.value })}
          />
        </Hint>
        <span className="quiet">{placeText(step, mounted)}</span>
      </div>
      <Button
        tone="bare"
        hint="Moves this step up."
        hintSide="top"
        aria-label={`Move step ${number} up`}
        blocked={index === 0 ? 'This is the first step.' : undefined}
        onClick={() => lecture.move(index, -1)}
      >
        <LineIcon path="M6 10V2.5M2.8 5.5L6 2.3l3.2 3.2" width={1.4} />
      </Button>
      <Button
        tone="bare"
        hint="Moves this step down."
        hintSide="top"
        aria-label={`Move step ${number} down`}
        blocked={isLast ? 'This is the last step.' : undefined}
        onClick={() => lecture.move(index, 1)}
      >
        <LineIcon path="M6 2v7.5M2.8 6.5L6 9.7l3.2-3.2" width={1.4} />
      </Button>
      <Button
        tone="bare"
        hint="Removes this step from the script."
        hintSide="top"
        aria-label={`Remove step ${number}`}
        onClick={() => lecture.remove(index)}
      >
        <DeleteIcon />
      </Button>
    </li>
  );
};
