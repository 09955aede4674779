/** The subjects of the radial curves, and the curves of all shown runs. */
import type { SpectrumRecord } from '#core/history.ts';
import type { RadialCurve } from '../plot/radial/radial-axis.ts';
import { recordAt } from '../shared/spectrum/spectral-map.ts';
import type { ShownRun } from './use-shown-runs.ts';

export const radialSubjects = ['image', 'good', 'anomalous', 'probe'] as const;
export type RadialSubject = (typeof radialSubjects)[number];

interface SubjectText {
  readonly label: string;
  /** In the legend. */
  readonly short: string;
  readonly hint: string;
  /** The dash of its curves. */
  readonly dash: string;
}

export const subjectTexts: Readonly<Record<RadialSubject, SubjectText>> = {
  image: {
    label: 'This image',
    short: 'this image',
    hint: 'The residual of the shown image.',
    dash: 'none',
  },
  good: {
    label: 'Good',
    short: 'good',
    hint: 'Mean residual power of the good test images over their mean power. Computed beside the training, and from the past epochs of a retained run.',
    dash: '7 3',
  },
  anomalous: {
    label: 'Anomalous',
    short: 'anomalous',
    hint: 'The same for the anomalous test images.',
    dash: '2 2.5',
  },
  probe: {
    label: 'Training',
    short: 'training',
    hint: 'The probe: a few training images, reconstructed as in training.',
    dash: '10 3 2 3',
  },
};

type Powers = Pick<SpectrumRecord, 'power' | 'inputPower'>;

const powersOf = (run: ShownRun, subject: RadialSubject, epoch: number | undefined): Powers | undefined => {
  switch (subject) {
    case 'image':
      return (
        run.sample?.output && { power: run.sample.output.residualPower, inputPower: run.sample.inputPower }
      );
    case 'good':
    case 'anomalous':
      return run.spectra?.[subject];
    case 'probe':
      return epoch === undefined ? run.records.at(-1) : recordAt(run.records, epoch);
  }
};

/** The curves of some subjects at an epoch; a run without data of a subject has no curve of it. */
export const subjectCurves = (
  runs: readonly ShownRun[],
  subjects: readonly RadialSubject[],
  epoch: number | undefined,
): readonly RadialCurve[] =>
  runs.flatMap((run) =>
    subjects.flatMap((subject): RadialCurve[] => {
      const powers = powersOf(run, subject, epoch);
      if (!powers) return [];
      const { power, inputPower } = powers;
      const { short, dash } = subjectTexts[subject];
      return [
        {
          key: `${run.key}-${subject}`,
          name: `${run.name}, ${short}`,
          style: { color: run.color, dash },
          power,
          inputPower,
        },
      ];
    }),
  );
