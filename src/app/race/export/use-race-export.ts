/** Exports the race as a figure or as a film, with the film's progress and cancellation. */
import { useEffect, useRef, useState } from 'react';
import { asResiduaError, isCancelled, ResiduaError } from '#core/errors.ts';
import type { ShareDone } from '#core/share-clock.ts';
import { contestantsOf } from '#store/race/state.ts';
import { colorOnPaper } from '../../plot/export/computed-paint.ts';
import { embedFont } from '../../plot/export/embed-font.ts';
import { figureSvg } from '../../plot/export/figure.ts';
import { figurePng } from '../../plot/export/figure-canvas.ts';
import { pngName } from '../../plot/export/png-scale.ts';
import type { NamedContestant } from '../../shared/race/use-contestants.ts';
import { useAppStore } from '../../shared/store-context.ts';
import { downloadFile } from '../../ui/download.ts';
import { collectMoments } from './collect-moments.ts';
import { ownFilmType, recordFilm } from './film.ts';
import { raceFigure, raceFileName } from './race-figure.ts';
import { raceFrame } from './race-frame.ts';
import { presentMoment } from './race-moment.ts';
import { sharedNote } from './shared-note.ts';

export interface RaceExport {
  readonly figure: (ending: 'png' | 'svg') => Promise<void>;
  readonly film: () => Promise<void>;
  /** Undefined while no film is made; its progress may be unknown at first. */
  readonly filming: { readonly progress: ShareDone | undefined } | undefined;
  readonly cancel: () => void;
  readonly problem: string | undefined;
}

/** The part of a film's work that collects its pictures. */
const collectingShare = 0.4;

/** @param sentences below the rows */
export const useRaceExport = (
  contestants: readonly NamedContestant[],
  sentences: readonly string[],
): RaceExport => {
  const store = useAppStore();
  const [filming, setFilming] = useState<RaceExport['filming']>();
  const [problem, setProblem] = useState<string>();
  const underWay = useRef<AbortController>(undefined);
  useEffect(() => () => underWay.current?.abort(), []);

  const words = () => ({
    category: store.getState().dataset.loaded?.category.name ?? '',
    note: sharedNote(contestants.map(({ config }) => config)),
    sentences,
  });
  const residualUpper = (): number | undefined => {
    const scales = contestantsOf(store.getState()).map(
      ({ history }) => history.evaluations.at(-1)?.residualScale ?? 0,
    );
    return Math.max(0, ...scales) || undefined;
  };
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setProblem(undefined);
    try {
      await work();
    } catch (thrown) {
      if (!isCancelled(thrown)) setProblem(asResiduaError(thrown).message);
    }
  };

  const figure = (ending: 'png' | 'svg'): Promise<void> =>
    attempt(async () => {
      const moment = presentMoment(store.getState(), contestants);
      if (!moment) return;
      const frame = raceFrame([moment], words(), residualUpper());
      const drawn = raceFigure(frame, moment, colorOnPaper);
      const file = ending === 'png' ? await figurePng(drawn) : await embedFont(figureSvg(drawn));
      downloadFile(
        ending === 'png' ? pngName(raceFileName(frame, moment)) : `${raceFileName(frame, moment)}.svg`,
        file,
        ending === 'png' ? 'image/png' : 'image/svg+xml',
      );
    });

  const film = (): Promise<void> =>
    attempt(async () => {
      const type = ownFilmType();
      if (!type)
        throw new ResiduaError(
          'internal',
          'This browser cannot record a film.',
          'Export the figure, or open the page in a current Chrome, Edge or Firefox.',
        );
      const controller = new AbortController();
      underWay.current = controller;
      setFilming({ progress: undefined });
      const startMs = performance.now();
      const report = (share: number): void => {
        const elapsedMs = performance.now() - startMs;
        setFilming({ progress: { share, remainingMs: share > 0 ? (elapsedMs * (1 - share)) / share : 0 } });
      };
      const { signal } = controller;
      try {
        const moments = await collectMoments(store, contestants, {
          signal,
          onProgress: (done) => report(collectingShare * done),
        });
        const frame = raceFrame(moments, words(), residualUpper());
        const file = await recordFilm(
          moments.map((moment) => raceFigure(frame, moment, colorOnPaper)),
          type,
          { signal, onProgress: (done) => report(collectingShare + (1 - collectingShare) * done) },
        );
        const [last] = moments.slice(-1);
        if (last) downloadFile(`${raceFileName(frame, last)}.${type.ending}`, file, type.type);
      } finally {
        underWay.current = undefined;
        setFilming(undefined);
      }
    });

  return { figure, film, filming, cancel: () => underWay.current?.abort(), problem };
};
