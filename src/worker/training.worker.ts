/** The training worker: tfjs, the model and the run live here, behind the messages of `protocol.ts`. */

import type { TrainingEvents } from '#core/training-events.ts';
import { failureBehind } from '#engine/webgpu/watch-device.ts';
import { viewBuffers } from '#training/sample-view.ts';
import { exportBundle } from './export-bundle.ts';
import { transferableBuffers } from './image-buffers.ts';
import type { ExportedRun, TrainingRequests } from './protocol.ts';
import { eventEmitter, type MessageEndpoint, type RequestHandlers, serveRpc, Transferred } from './rpc.ts';
import {
  exportPresentRun,
  goodTrainingScores,
  learnedLeftOver,
  lowCutCurve,
  poolingCurve,
  rescorePast,
  scoredMaps,
  scoreWays,
} from './run-requests.ts';
import { scoreNewImages } from './score-new-images.ts';
import { TrainingSession } from './training-session.ts';

const endpoint: MessageEndpoint = {
  postMessage: (message, transfer) => self.postMessage(message, { transfer }),
  addEventListener: (type, listener) => self.addEventListener(type, listener),
};

const session = new TrainingSession(eventEmitter<TrainingEvents>(endpoint));
const { contestants } = session;

const transferredRun = (run: ExportedRun): Transferred<ExportedRun> =>
  new Transferred(run, run.past ? [run.weights, run.past] : [run.weights]);

const handlers: RequestHandlers<TrainingRequests> = {
  openDevice: ({ choice }) => session.openDevice(choice),
  alive: () => undefined,
  estimate: (config) => session.estimate([config]),
  estimateRace: (configs) => session.estimate(configs),
  estimateFor: ({ config, ...counts }) => session.estimateFor(config, counts),
  timedPresets: () => session.timedPresets(),
  loadImages: (images) => session.loadImages(images),
  copyImages: () => {
    const copy = session.copyImages();
    return copy && new Transferred(copy, transferableBuffers(copy));
  },
  meanSpectrum: (holdOut, call) => session.meanSpectrum(holdOut, call),
  configure: async (config) => (await session.configure([config]))[0]!,
  configureRace: (configs) => session.configure(configs),
  start: async () => contestants.start(),
  pause: async () => void (await contestants.pause()),
  step: () => contestants.step(),
  stop: () => contestants.stop(),
  trainOn: async () => session.trainOn(),
  changeRun: (values) => session.changeRun(values),
  reset: () => session.reset(),
  reevaluate: (settings, call) => contestants.reevaluate(settings, call.signal),
  view: async (place) => {
    const view = await session.view(place);
    return new Transferred(view, viewBuffers(view));
  },
  viewPast: ({ step, ...place }) => {
    const view = contestants.viewPast(place, step);
    return view && new Transferred(view, viewBuffers(view));
  },
  reconstructionsAt: ({ contestant, step }) => {
    const held = contestants.at(contestant).run.evaluator.scored.reconstructionsAt(step);
    return held && new Transferred(held, [held.pixels.buffer as ArrayBuffer]);
  },
  lowCutCurve: ({ cutoffs }, call) => lowCutCurve(session.run, cutoffs, call),
  scoreWays: ({ ways }, call) => scoreWays(session.run, ways, call),
  rescorePast: ({ step }, call) => rescorePast(session.run, step, call),
  poolingCurve: (_, call) => poolingCurve(session.run, call),
  leftOver: () => learnedLeftOver(session.run),
  scoredMaps: async (_, call) => {
    const scored = await scoredMaps(session.run, call);
    return new Transferred(
      scored,
      scored.images.map(({ map }) => map.buffer as ArrayBuffer),
    );
  },
  viewWith: async (request) => {
    const view = await session.viewWith(request);
    return view && new Transferred(view, viewBuffers(view));
  },
  reconstructionsWith: async (request, call) => {
    const found = await session.reconstructionsWith(request, call);
    return found && new Transferred(found, found.held ? [found.held.pixels.buffer as ArrayBuffer] : []);
  },
  evaluateWith: async ({ files, settings }, call) => {
    const evaluation = await session.evaluateWith(files, settings, call);
    return new Transferred(evaluation, [evaluation.scores.buffer as ArrayBuffer]);
  },
  goodTrainingScores: (_, call) => goodTrainingScores(session.run, call),
  scoreImages: async (images, call) => {
    const scored = await scoreNewImages(session.run, images, call);
    return new Transferred(scored, [
      scored.scores.buffer,
      ...scored.maps.map(({ map }) => map.buffer as ArrayBuffer),
    ]);
  },
  exportRun: async (wanted, call) => {
    return transferredRun(await exportPresentRun(session.run, wanted, call));
  },
  exportBundle: async (wanted, call) => {
    const parts = await exportBundle(session.run, wanted, call);
    return new Transferred(
      parts,
      parts.map(({ bytes }) => bytes.buffer as ArrayBuffer),
    );
  },
  exportRival: async ({ place, past }, call) => {
    const wanted = { threshold: undefined, past };
    return transferredRun(await exportPresentRun(contestants.at(place), wanted, call));
  },
  openRun: (files) => session.openRun(files),
  importRun: ({ images }, call) => session.importRun(images, call),
  checkpoint: async ({ past }) => {
    const files = await session.checkpoint(past);
    return new Transferred(
      files,
      files.map(({ bytes }) => bytes),
    );
  },
  openCheckpoint: (files) => session.openCheckpoint(files),
  resumeRun: (wanted, call) => session.resumeRun(wanted, call),
  importRace: ({ images, rivals }, call) => session.importRace(rivals, images, call),
};

serveRpc(endpoint, handlers, failureBehind);
