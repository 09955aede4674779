/** Residual power over image power by radius, for image and test set, at the shown epoch. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { radialMean } from '#core/frequency-weight/radial-mean.ts';
import { RadialChart } from '../plot/radial/RadialChart.tsx';
import { grownRange, type RatioRange } from '../plot/radial/radial-axis.ts';
import { useShownEpoch } from '../shared/epoch-cursor.ts';
import { useStepWeight } from '../shared/frequency-weight/use-step-weight.ts';
import { useActions, useApp } from '../shared/store-context.ts';
import { useFigureNote } from '../shared/use-figure-note.ts';
import { Hint } from '../ui/Hint.tsx';
import { Section } from '../ui/Section.tsx';
import { type RadialSubject, radialSubjects, subjectCurves, subjectTexts } from './radial-subjects.ts';
import { spectrumHints } from './spectrum-hints.ts';
import type { ShownRun } from './use-shown-runs.ts';

/** The weight of the shown run by radius; undefined if it is missing or weighs all frequencies equally. */
const useRadialWeight = (side: number): Float64Array | undefined => {
  const { final, present } = useStepWeight(side);
  return useMemo(() => {
    const values = present ?? final;
    if (!values) return undefined;
    const mean = radialMean(values, side);
    const others = mean.subarray(1);
    return Math.max(...others) > Math.min(...others) * 1.0001 ? mean : undefined;
  }, [final, present, side]);
};

/** Computes the test set's spectra while the curves are mounted. */
const useTestSpectra = (): void => {
  const { spectra } = useActions();
  useEffect(() => spectra.watch(), [spectra]);
};

interface LiveCurveProps {
  readonly runs: readonly ShownRun[];
  readonly side: number;
}

export const LiveCurve = ({ runs, side }: LiveCurveProps) => {
  useTestSpectra();
  const [subjects, setSubjects] = useState<readonly RadialSubject[]>(['image', 'good', 'anomalous']);
  const epoch = useShownEpoch();
  const weight = useRadialWeight(side);
  const underWay = useApp((state) => state.spectra.underWay !== undefined);
  const error = useApp((state) => state.spectra.error);
  const note = useFigureNote();
  const curves = useMemo(() => subjectCurves(runs, subjects, epoch), [runs, subjects, epoch]);
  const summary = useApp((state) => state.run.summary);
  const held = useRef<{ readonly of: unknown; readonly range: RatioRange }>(undefined);
  const range = grownRange(held.current?.of === summary ? held.current?.range : undefined, curves);
  useEffect(() => {
    held.current = { of: summary, range };
  }, [summary, range]);
  const toggle = (subject: RadialSubject): void =>
    setSubjects(radialSubjects.filter((one) => subjects.includes(one) !== (one === subject)));
  return (
    <Section
      title="Residual by frequency"
      className="live-curve"
      aside={
        <span className="number quiet" data-testid="live-epoch">
          {epoch === undefined ? '' : `epoch ${epoch}`}
          {underWay && ', computing the test set’s curves'}
        </span>
      }
    >
      <fieldset className="subject-choice" aria-label="Curves">
        {radialSubjects.map((subject) => {
          const { label, hint } = subjectTexts[subject];
          return (
            <Hint key={subject} text={hint} side="top">
              <label>
                <input
                  type="checkbox"
                  checked={subjects.includes(subject)}
                  onChange={() => toggle(subject)}
                />
                {label}
              </label>
            </Hint>
          );
        })}
      </fieldset>
      <RadialChart
        title="Residual power by frequency"
        note={epoch === undefined ? note : `${note}, epoch ${epoch}`}
        hint={spectrumHints.radial}
        empty={
          curves.length > 0 ? undefined : subjects.length === 0 ? 'No curve chosen' : 'No evaluation yet'
        }
        {...{ side, curves, range, weight }}
      />
      {error && (
        <p className="chart-note chart-caution" role="alert">
          {error.problem} {error.remedy}
        </p>
      )}
    </Section>
  );
};
