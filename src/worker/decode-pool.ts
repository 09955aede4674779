/** A pool of decode workers: each takes the next image when it is done with one. */
import { ResiduaError } from '#core/errors.ts';
import type { DecodeOutcome } from '#data/assemble.ts';
import type { DecodedSample, DecodeJob } from '#data/decode/decode-sample.ts';
import { RpcClient } from './rpc.ts';

/** Request name -> [arguments, result] of a decode worker. */
export interface DecodeRequests {
  /** Decodes a sample; the arrays of the result are transferred. */
  decode: [DecodeJob, DecodedSample];
}

/** What the pool needs of a worker. */
export type DecodeWorker = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>;

const mostWorkers = 4;

/** Workers to start on this machine: all cores but one, 1 to 4. */
export const decodeWorkerCount = (cores: number): number => Math.max(1, Math.min(mostWorkers, cores - 1));

interface PoolMember {
  readonly worker: DecodeWorker;
  readonly rpc: RpcClient<DecodeRequests, Record<never, never>>;
}

const ended = (why: string): ResiduaError =>
  new ResiduaError(
    'internal',
    `A decode worker ended: ${why}.`,
    'Load the images again; reload the page if that fails too.',
  );

/** Decodes lists of images on workers that start with the first list. */
export class DecodePool {
  private members: PoolMember[] = [];

  constructor(
    private readonly size: number,
    private readonly startWorker: () => DecodeWorker,
  ) {}

  /**
   * Decodes all jobs; an unreadable image is an outcome, not a failure.
   * @param onOutcome called once for each job, in any order
   * @throws ResiduaError (as rejection) whatever else failed; the signal's reason where it was aborted
   */
  async decodeAll(
    jobs: readonly DecodeJob[],
    onOutcome: (index: number, outcome: DecodeOutcome) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    signal?.throwIfAborted();
    let next = 0;
    let failed = false;
    const work = async ({ rpc }: PoolMember): Promise<void> => {
      while (next < jobs.length && !failed) {
        const index = next++;
        const outcome = await this.decodeOne(rpc, jobs[index]);
        signal?.throwIfAborted();
        if (!failed) onOutcome(index, outcome);
      }
    };
    try {
      await Promise.all(this.start(jobs.length).map(work));
    } catch (thrown) {
      failed = true;
      throw thrown;
    }
  }

  /** Ends all workers; what is under way is rejected. The next list starts new ones. */
  dispose(why = 'it was no longer needed'): void {
    const members = this.members;
    this.members = [];
    for (const { worker, rpc } of members) {
      worker.terminate();
      rpc.rejectAll(ended(why));
    }
  }

  private async decodeOne(rpc: PoolMember['rpc'], job: DecodeJob): Promise<DecodeOutcome> {
    try {
      return await rpc.request('decode', job);
    } catch (thrown) {
      if (thrown instanceof ResiduaError && thrown.code === 'unreadable-image') return thrown;
      throw thrown;
    }
  }

  private start(jobCount: number): readonly PoolMember[] {
    while (this.members.length < Math.min(this.size, jobCount)) {
      const worker = this.startWorker();
      const rpc = new RpcClient<DecodeRequests, Record<never, never>>(worker);
      worker.addEventListener('error', (event) => this.dispose(event.message || 'it failed to load'));
      this.members.push({ worker, rpc });
    }
    return this.members;
  }
}
