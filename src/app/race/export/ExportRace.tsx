/** The buttons that export the race as a figure or a film. */
import { contestantsOf } from '#store/race/state.ts';
import { overallPhase } from '#store/run/state.ts';
import { PngScaleChoice } from '../../plot/export/PngScaleChoice.tsx';
import type { NamedContestant } from '../../shared/race/use-contestants.ts';
import { useApp } from '../../shared/store-context.ts';
import { Button } from '../../ui/Button.tsx';
import { WorkProgress } from '../../ui/WorkProgress.tsx';
import { commonPast } from './collect-moments.ts';
import { presentMoment } from './race-moment.ts';
import { useRaceExport } from './use-race-export.ts';

interface ExportRaceProps {
  readonly contestants: readonly NamedContestant[];
  readonly sentences: readonly string[];
}

export const ExportRace = ({ contestants, sentences }: ExportRaceProps) => {
  const { figure, film, filming, cancel, problem } = useRaceExport(contestants, sentences);
  const isEmpty = useApp((state) => presentMoment(state, contestants) === undefined);
  const epochs = useApp(
    (state) => commonPast(contestantsOf(state).map(({ pastEvaluations }) => pastEvaluations)).length,
  );
  const running = useApp((state) => overallPhase(state.run, state.race) === 'running');
  const blocked = isEmpty ? 'Wait for the first evaluation.' : undefined;
  const filmBlocked = running
    ? 'Pause or finish the race first.'
    : epochs < 2
      ? 'A film needs two evaluations of a test image.'
      : blocked;
  if (filming)
    return (
      <span className="race-export">
        <WorkProgress
          label="Film of the race"
          progress={filming.progress}
          cancelHint="No file is written."
          onCancel={cancel}
        >
          film
        </WorkProgress>
      </span>
    );
  return (
    <span className="race-export">
      {problem && (
        <span className="race-problem" role="alert">
          {problem}
        </span>
      )}
      <PngScaleChoice />
      <Button
        tone="bare"
        hint="Downloads this picture on white, at the chosen size."
        blocked={blocked}
        aria-label="Export PNG of the race"
        onClick={() => void figure('png')}
      >
        PNG
      </Button>
      <Button
        tone="bare"
        hint="Downloads this picture on white, with text as text."
        blocked={blocked}
        aria-label="Export SVG of the race"
        onClick={() => void figure('svg')}
      >
        SVG
      </Button>
      <Button
        tone="bare"
        hint="Downloads a film of this image over the epochs. It takes as long as it plays."
        blocked={filmBlocked}
        aria-label="Export film of the race"
        onClick={() => void film()}
      >
        Film
      </Button>
    </span>
  );
};
