/** The loss stages of the sample category, computed once they come into view. */
import { type RefObject, useEffect, useRef, useState } from 'react';
import { asResiduaError } from '#core/errors.ts';
import { useActions } from '../../shared/store-context.ts';
import { computeLossStages, drawnCount, type LossStages, stageSide } from './loss-stages.ts';

export type LossStagesState =
  | { readonly phase: 'computing' }
  | { readonly phase: 'ready'; readonly stages: LossStages }
  | { readonly phase: 'failed'; readonly problem: string };

/** Start a little before the pictures are visible. */
const rootMargin = '300px';

const useReached = (place: RefObject<Element | null>): boolean => {
  const [reached, setReached] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element || reached) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setReached(true);
      },
      { rootMargin },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [place, reached]);
  return reached;
};

export const useLossStages = <Place extends Element>(): {
  readonly place: RefObject<Place | null>;
  readonly state: LossStagesState;
} => {
  const place = useRef<Place>(null);
  const reached = useReached(place);
  const [state, setState] = useState<LossStagesState>({ phase: 'computing' });
  const { dataset } = useActions();
  useEffect(() => {
    if (!reached) return;
    const abort = new AbortController();
    const compute = async (): Promise<void> => {
      try {
        const bytes = await dataset.goodSampleImages(drawnCount, stageSide, abort.signal);
        setState({ phase: 'ready', stages: await computeLossStages(bytes, abort.signal) });
      } catch (thrown) {
        if (!abort.signal.aborted) setState({ phase: 'failed', problem: asResiduaError(thrown).problem });
      }
    };
    void compute();
    return () => abort.abort();
  }, [reached, dataset]);
  return { place, state };
};
