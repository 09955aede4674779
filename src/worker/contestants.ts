/** The runs of a session that train in turns: the present run and its rivals. */
import type { RunConfig } from '#core/config.ts';
import type { ImageSet } from '#core/dataset.ts';
import { isCancelled, type ResiduaError } from '#core/errors.ts';
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { SampleView } from '#core/history.ts';
import type { ShownPlace } from '#core/tiles.ts';
import type { Emit, RivalEvent, TrainingEvents } from '#core/training-events.ts';
import { failureBehind } from '#engine/webgpu/watch-device.ts';
import type { AutoencoderRun } from '#training/autoencoder-run.ts';
import type { ImageCounts } from '#training/reconstructor.ts';
import type { RunPlan } from '#training/run-plan.ts';
import { viewBuffers } from '#training/sample-view.ts';
import { Trainer } from '#training/trainer.ts';
import type { TimedWork } from '#training/training-run.ts';
import { Turns } from '#training/turns.ts';
import type { PresentRun } from './run-requests.ts';
import { noRun } from './session-errors.ts';
import { ShownImage } from './shown-image.ts';

/** A run that joins the session, with its plan. */
export interface Entrant {
  readonly run: AutoencoderRun;
  readonly config: RunConfig;
  readonly plan: RunPlan;
}

export class Contestants {
  readonly shown = new ShownImage();
  private members: readonly PresentRun[] = [];

  /**
   * @param emit receives the events of all contestants
   * @param learn receives the timed work of each contestant, with its settings and the number of its images
   */
  constructor(
    private readonly emit: Emit<TrainingEvents>,
    private readonly learn: (work: TimedWork, config: RunConfig, counts: ImageCounts) => void,
  ) {}

  /** The present run first; empty without a run. */
  get all(): readonly PresentRun[] {
    return this.members;
  }

  get areTraining(): boolean {
    return this.members.some(({ trainer }) => trainer.status.phase === 'running');
  }

  /**
   * @param place 0 for the present run
   * @throws ResiduaError `no-run`
   */
  at(place: number): PresentRun {
    const member = this.members[place];
    if (!member) throw noRun();
    return member;
  }

  /**
   * Takes over runs in place of the previous ones, which must have been dropped.
   * @param entrants the present run first
   * @param imported whether they come from files
   */
  take(entrants: readonly Entrant[], images: ImageSet, imported = false): void {
    const turns = entrants.length > 1 ? new Turns() : undefined;
    this.members = entrants.map(({ run, config, plan }, place) => {
      const trainer = new Trainer(run, config, {
        emit: this.emitterOf(place),
        onTimed: (work) => this.learn(work, config, run.imageCounts),
        onStatus: () => this.followStatus(),
        causeOf: failureBehind,
        onEvaluation: () => {
          this.emitterOf(place)('kept', run.evaluator.scored.past.evaluations);
          this.showAgain(place);
        },
      });
      // Of contestants that are equally far, the present run is last: when it finishes, the race is over.
      if (turns) trainer.takeTurns(turns, entrants.length - place);
      const summary = { ...run.summary, microBatch: plan.microBatch };
      return { run, trainer, images, summary, imported };
    });
    this.shown.moveTo(this.members);
  }

  /** Ends all runs and frees their tensors. */
  async drop(): Promise<void> {
    const { members } = this;
    await Promise.all(members.map(({ trainer }) => trainer.end()));
    members.forEach(({ run }, place) => {
      this.emitterOf(place)('kept', []);
      run.dispose();
    });
    this.members = [];
  }

  /** @throws ResiduaError `no-run`, as all that follow */
  start(): void {
    this.at(0);
    for (const { trainer } of this.members) trainer.start();
  }

  /** Pauses all, and returns a function that resumes those that trained. */
  async pause(): Promise<() => void> {
    const running = this.members.filter(({ trainer }) => trainer.status.phase === 'running');
    await Promise.all(this.members.map(({ trainer }) => trainer.pause()));
    return () => {
      for (const { trainer } of running) if (!trainer.endSignal.aborted) trainer.start();
    };
  }

  /** Takes one optimizer step of each, and shows the image again. */
  async step(): Promise<void> {
    this.at(0);
    await this.pause();
    await Promise.all(this.members.map(({ trainer }) => trainer.stepOnce()));
    this.showAgain();
  }

  /** Evaluates and finishes all. */
  async stop(): Promise<void> {
    this.at(0);
    await this.pause();
    await Promise.all(this.members.map(({ trainer }) => trainer.stop()));
  }

  /**
   * Evaluates all again with other settings.
   * @throws ResiduaError `cancelled`; all then have their earlier settings
   */
  async reevaluate(settings: EvaluationSettings, signal: AbortSignal): Promise<void> {
    this.at(0);
    const { members } = this;
    const before = members.map(({ trainer }) => evaluationSettingsOf(trainer.presentConfig));
    const results = await Promise.allSettled(
      members.map(({ trainer }) => trainer.reevaluate(settings, signal)),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (!failed) return;
    if (members.length > 1 && isCancelled(failed.reason))
      await Promise.allSettled(
        members.map(({ trainer }, place) =>
          results[place]?.status === 'fulfilled' ? trainer.reevaluate(before[place]!) : undefined,
        ),
      );
    throw failed.reason;
  }

  /** Chooses the shown image and returns its present view by the present run; events have the rivals' views. */
  async view(place: ShownPlace, images: ImageSet | undefined): Promise<SampleView> {
    return this.emitRivals(await this.shown.view(place, images, this.members));
  }

  /** The same at a past evaluation; undefined, and nothing is chosen, if the worker does not hold it. */
  viewPast(place: ShownPlace, step: number): SampleView | undefined {
    const views = this.shown.viewPast(place, step, this.members);
    return views && this.emitRivals(views);
  }

  /** Emits the shown image as it is now, by one contestant or by all. */
  showAgain(place?: number): void {
    this.members.forEach((member, ofMember) => {
      if (place !== undefined && place !== ofMember) return;
      const view = this.shown.present(member, ofMember);
      if (view) this.emitterOf(ofMember)('view', view, viewBuffers(view));
    });
  }

  /** Emits the status of all. */
  reportStatus(): void {
    this.members.forEach(({ trainer }, place) => {
      this.emitterOf(place)('status', trainer.status);
    });
  }

  /** Emits the settings of the rivals after a change. */
  reportChanges(): void {
    this.members.forEach(({ trainer }, place) => {
      if (place === 0) return;
      const payload = { config: trainer.presentConfig, changes: trainer.history.changes };
      this.emit('rival', { place, name: 'changed', payload });
    });
  }

  /** Reports that the device is lost for all; also without a run. */
  fail(error: ResiduaError): void {
    const failure = error.toPlain();
    this.emit('failure', failure);
    for (let place = 1; place < this.members.length; place++) this.emitterOf(place)('failure', failure);
  }

  /** The emitter of one contestant's events. */
  private emitterOf(place: number): Emit {
    const { emit } = this;
    // TypeScript does not relate the payloads of the two generic functions, though one takes all events of the other.
    if (place === 0) return emit as Emit;
    return (name, payload, transfer) => emit('rival', { place, name, payload } as RivalEvent, transfer);
  }

  /** Emits the views of the rivals, and returns that of the present run. */
  private emitRivals([first, ...rivals]: readonly SampleView[]): SampleView {
    rivals.forEach((view, index) => {
      this.emitterOf(index + 1)('view', view, viewBuffers(view));
    });
    if (!first) throw noRun();
    return first;
  }

  private followStatus(): void {
    const { members } = this;
    const statuses = members.map(({ trainer }) => trainer.status);
    const areAtRest =
      statuses.every(({ phase, activity }) => phase !== 'running' && activity === undefined) &&
      statuses.some(({ phase }) => phase === 'paused' || phase === 'finished');
    for (const { run } of members) {
      if (areAtRest) void run.evaluator.scored.scoreAhead();
      else if (members.length > 1) run.evaluator.scored.stopScoringAhead();
    }
  }
}
