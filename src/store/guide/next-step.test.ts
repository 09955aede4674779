import { describe, expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { testDevice } from '#testing/device-report.ts';
import { type AppState, initialState } from '../app-state.ts';
import { baselineConfig, referencesKey } from '../baselines/state.ts';
import type { LoadedDataset } from '../dataset/state.ts';
import { noFilter } from '../decision/state.ts';
import type { LectureStep } from '../lecture/state.ts';
import { idleStatus, type RunState } from '../run/state.ts';
import { fakeCategory, fakeEvaluation, fakeReferences } from '../testing/fake-clients.ts';
import { fakeRun } from '../testing/fake-run.ts';
import { nextStep, runToReopen } from './next-step.ts';

const category = fakeCategory('bolt');
const samples = category.samples.map(({ path, split, defectType, anomalous }) => ({
  ...{ path, split, defectType, anomalous, hasMask: false, width: 8, height: 8 },
}));
const loaded = { category, samples } as unknown as LoadedDataset;

const config = presets.quickLook;
const { epochs } = config;

const ready: RunState = {
  ...initialState.run,
  device: { phase: 'ready', report: testDevice },
  config,
};

/** The page with the images loaded and the device started. */
const page = (run: Partial<RunState> = {}, change: Partial<AppState> = {}): AppState => ({
  ...initialState,
  dataset: { ...initialState.dataset, loaded },
  run: { ...ready, ...run },
  ...change,
});

const status = (phase: RunState['status']['phase'], epoch: number = epochs): RunState['status'] => ({
  ...idleStatus(epochs),
  phase,
  epoch,
  step: epoch,
});

/** A finished run with scores of two good and three anomalous images. */
const finished = (
  scores: readonly number[],
  auroc: number | 'undefined' = 0.9,
  change: Partial<RunState> = {},
): Partial<RunState> => ({
  status: status('finished'),
  configured: config,
  history: {
    ...initialState.run.history,
    evaluations: [
      {
        ...fakeEvaluation(epochs, scores),
        imageAuroc:
          auroc === 'undefined' ? { defined: false, reason: 'One class.' } : { defined: true, value: auroc },
      },
    ],
  },
  ...change,
});

const byHand = (threshold: number) => ({
  decision: { ...initialState.decision, policy: { kind: 'manual', threshold } as const },
});

const rival = { runs: { ...initialState.runs, retained: [fakeRun({ config: { ...config, loss: 'l2' } })] } };

const mixed = [1, 4, 2, 3, 5];

const withReferences = (scores: readonly number[]): Partial<AppState> => {
  const settings = baselineConfig({ config, configured: config });
  return {
    baselines: {
      ...initialState.baselines,
      references: { key: referencesKey(settings), settings, evaluations: fakeReferences(settings, scores) },
    },
  };
};

const filtered = (outcome: 'false-alarm' | 'missed', threshold: number) => ({
  decision: { ...byHand(threshold).decision, filter: { ...noFilter, outcome } },
});

const step: LectureStep = {
  page: 'bench',
  panels: ['residual'],
  path: undefined,
  epoch: undefined,
  caption: '',
};

const lecture = { ...initialState.lecture, offered: true, steps: [step, step] };

const table: readonly (readonly [string, AppState, string, string | undefined])[] = [
  ['with the lecture of a link', page({}, { lecture }), 'a lecture of 2 steps', 'start-lecture'],
  ['without images', { ...initialState, run: ready }, 'Drop a category folder', 'open-sample'],
  [
    'while images load',
    page({}, { dataset: { ...initialState.dataset, loading: { name: 'bolt', side: 8, done: 0, total: 9 } } }),
    'Reading bolt.',
    undefined,
  ],
  [
    'after a drop of several categories',
    page({}, { dataset: { ...initialState.dataset, pending: { categories: [], skippedFiles: [] } } }),
    'choose one',
    undefined,
  ],
  ['while the device starts', page({ device: { phase: 'starting' } }), 'Starting the device.', undefined],
  [
    'without a device',
    page({ device: { phase: 'failed', error: { code: 'internal', problem: '', remedy: '' } } }),
    'No device can train',
    undefined,
  ],
  ['before a run', page(), 'Press Train', 'train'],
  ['before a run, with retained ones', page({}, rival), 'Reopen your newest run', 'reopen-run'],
  [
    'before a run, with the bundled one only',
    page({}, { runs: { ...initialState.runs, retained: [fakeRun({ bundled: true })] } }),
    'Press Train',
    'train',
  ],
  [
    'before a run that does not fit',
    page({
      estimate: { phase: 'refused', error: { code: 'internal', problem: '', remedy: '' } },
    }),
    'does not fit',
    undefined,
  ],
  [
    'while kernels are compiled',
    page({ status: { ...status('running', 0), activity: 'compiling' } }),
    'Preparing the first step.',
    undefined,
  ],
  [
    'before the first evaluation',
    page({ status: status('running', 1), configured: { ...config, evaluateEvery: 4 } }),
    'after epoch 4.',
    undefined,
  ],
  [
    'after the first evaluation',
    page({ ...finished(mixed), status: status('running', 1) }),
    'Coarse structure comes first',
    undefined,
  ],
  [
    'with past epochs while training',
    page({
      ...finished(mixed),
      status: status('running', 8),
      pastEvaluations: [
        { epoch: 4, step: 4 },
        { epoch: 8, step: 8 },
      ],
    }),
    'Drag the epoch slider',
    undefined,
  ],
  ['while paused', page({ status: status('paused', 3), configured: config }), 'Paused at epoch 3', 'train'],
  [
    'while paused with other settings',
    page({ status: status('paused', 3), configured: { ...config, batch: config.batch * 2 } }),
    'The settings have changed: Train starts a new run',
    'train',
  ],
  [
    'while paused with settings that the run can take over',
    page({ status: status('paused', 3), configured: { ...config, learningRate: config.learningRate * 2 } }),
    'The settings have changed: Resume trains on',
    'train',
  ],
  ['after a failure', page({ status: status('failed', 3), configured: config }), 'The run failed.', 'train'],
  [
    'while stopping',
    page({ status: status('running', 3), task: 'stopping' }),
    'then the run is done',
    undefined,
  ],
  ['while importing', page({ task: 'importing' }), 'Opening the run', undefined],
  ['while exporting', page({ task: 'exporting' }), 'Writing the files.', undefined],
  ['while the device changes', page({ task: 'changing-device' }), 'Changing the device.', undefined],
  ['while scoring again', page({ ...finished(mixed), reevaluating: true }), 'with the new score', undefined],
  [
    'while the queue runs',
    page({}, { table: { ...initialState.table, phase: 'running' } }),
    'The queue of Table II is training.',
    'open-table',
  ],
  ['after the first run', page(finished(mixed)), 'Trained. Race it against L2', 'race'],
  [
    'after a stopped run',
    page(finished(mixed, 0.9, { status: status('finished', 3) })),
    'Stopped at epoch 3. Race it against L2',
    'race',
  ],
  [
    'after opening a run of L2',
    page(
      finished(mixed, 0.9, {
        importedFrom: 'bolt',
        configured: { ...config, loss: 'l2' },
        config: { ...config, loss: 'l2' },
      }),
    ),
    'Opened. Race it against WFDL',
    'race',
  ],
  [
    'without anomalous test images, at a threshold by hand',
    page(finished(mixed, 'undefined'), byHand(3.5)),
    'Fit the threshold to good training images.',
    'use-quantile',
  ],
  [
    'without anomalous test images, at a quantile',
    page(finished(mixed, 'undefined'), {
      decision: { ...initialState.decision, policy: { kind: 'good-quantile', quantile: 0.95 } },
    }),
    'highest scores',
    'sort-by-score',
  ],
  [
    'if the mean image is as good',
    page(finished(mixed, 0.6), withReferences([1, 2, 3, 4, 5])),
    'Not better than the mean image yet: longer, wider, or another score.',
    'double-epochs',
  ],
  [
    'if the mean image is worse',
    page(finished(mixed, 0.6), { ...withReferences([5, 4, 3, 2, 1]), ...rival, ...byHand(3.5) }),
    'Look at the false alarm.',
    'show-false-alarms',
  ],
  [
    'with false alarms',
    page(finished(mixed), { ...rival, ...byHand(0.5) }),
    '2 false alarms',
    'show-false-alarms',
  ],
  [
    'with missed defects only',
    page(finished(mixed), { ...rival, ...byHand(4.5) }),
    '2 missed defects',
    'show-missed',
  ],
  [
    'with the false alarms shown',
    page(finished(mixed), { ...rival, ...filtered('false-alarm', 3.5) }),
    'Then look at the missed defects.',
    'show-missed',
  ],
  [
    'with the false alarms shown, without missed defects',
    page(finished(mixed), { ...rival, ...filtered('false-alarm', 0.5) }),
    'Compare with another run.',
    'open-comparison',
  ],
  [
    'with the missed defects shown',
    page(finished(mixed), { ...rival, ...filtered('missed', 4.5) }),
    'See whether another run catches them.',
    'open-comparison',
  ],
  [
    'without errors',
    page(finished([1, 2, 3, 4, 5]), { ...rival, ...byHand(2.5) }),
    'No test image is on the wrong side',
    'open-comparison',
  ],
  [
    'without a threshold',
    page(finished(mixed), {
      ...rival,
      decision: { ...initialState.decision, policy: { kind: 'good-quantile', quantile: 0.95 } },
    }),
    'Compare the images of this run',
    'open-comparison',
  ],
];

describe('the next step', () => {
  it.each(table)('%s', (_, state, text, action) => {
    const next = nextStep(state);
    expect(next.text).toContain(text);
    expect(next.action).toBe(action);
    expect(next.text.split(' ').length).toBeLessThan(20);
  });
});

describe('the run to reopen', () => {
  const runs = {
    ...initialState.runs,
    retained: [fakeRun({ id: 'older' }), fakeRun({ id: 'newest' }), fakeRun({ id: 'sample', bundled: true })],
  };

  it('is the newest retained run of the user, on a page without a run', () => {
    expect(runToReopen(page({}, { runs }))?.id).toBe('newest');
    expect(runToReopen(page({ configured: config }, { runs }))).toBeUndefined();
  });
});
