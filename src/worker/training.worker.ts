/** The training worker: tfjs, the model and the run live here, behind the messages of `protocol.ts`. */

import { viewBuffers } from '#training/sample-view.ts';
import type { InTurns } from '#training/yield-point.ts';
import type { TrainingEvents, TrainingRequests } from './protocol.ts';
import { type HandledCall, type MessageEndpoint, serveRpc, Transferred } from './rpc.ts';
import { TrainingSession } from './training-session.ts';

const endpoint: MessageEndpoint = {
  postMessage: (message, transfer) => self.postMessage(message, { transfer }),
  addEventListener: (type, listener) => self.addEventListener(type, listener),
};

const session = new TrainingSession({
  status: (status) => rpc.emit('status', status),
  steps: (records) => rpc.emit('steps', records),
  evaluation: (evaluation) => rpc.emit('evaluation', evaluation),
  kept: (evaluations) => rpc.emit('kept', evaluations),
  spectrum: (record) => rpc.emit('spectrum', record),
  view: (view) => rpc.emit('view', view, viewBuffers(view)),
  failure: (error) => rpc.emit('failure', error.toPlain()),
});

/** A request as the work sees it that is done for it. */
const turnsOf = ({ signal, onProgress }: HandledCall): InTurns => ({
  mayGoOn: () => !signal.aborted,
  onProgress,
});

const rpc = serveRpc<TrainingRequests, TrainingEvents>(endpoint, {
  openDevice: ({ choice }) => session.openDevice(choice),
  estimate: (config) => session.estimate(config),
  estimateFor: ({ config, ...counts }) => session.estimateFor(config, counts),
  loadImages: (images) => session.loadImages(images),
  meanSpectrum: (holdOut, call) => session.meanSpectrum(holdOut, turnsOf(call)),
  configure: (config) => session.configure(config),
  start: () => session.start(),
  pause: () => session.pause(),
  step: () => session.step(),
  stop: () => session.stop(),
  reset: () => session.reset(),
  reevaluate: (settings, call) => session.reevaluate(settings, turnsOf(call)),
  view: async ({ index }) => {
    const view = await session.view(index);
    return new Transferred(view, viewBuffers(view));
  },
  viewPast: ({ index, step }) => {
    const view = session.viewPast(index, step);
    return view && new Transferred(view, viewBuffers(view));
  },
  lowCutCurve: ({ cutoffs }, call) => session.run.lowCutCurve(cutoffs, turnsOf(call)),
  poolingCurve: (_, call) => session.run.poolingCurve(turnsOf(call)),
  leftOver: () => session.run.leftOver(),
  scoredMaps: async (_, call) => {
    const scored = await session.run.scoredMaps(turnsOf(call));
    return new Transferred(
      scored,
      scored.images.map(({ map }) => map.buffer as ArrayBuffer),
    );
  },
  viewWith: async ({ key, files, index }) => {
    const view = await session.viewWith(key, files, index);
    return view && new Transferred(view, viewBuffers(view));
  },
  goodTrainingScores: (_, call) => session.run.goodTrainingScores(turnsOf(call)),
  exportRun: async (threshold, call) => {
    const exported = await session.run.exportRun(threshold, turnsOf(call));
    return new Transferred(exported, [exported.weights]);
  },
  importRun: ({ files, images }, call) => session.importRun(files, images, turnsOf(call)),
});
