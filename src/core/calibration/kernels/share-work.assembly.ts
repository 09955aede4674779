/**
 * Two threads share work by taking its chunks one at a time. Chunks are independent of each other and of the thread that
 * runs them. The thread that owns the memory posts the work; without another thread it runs all of it.
 */
import { measureChunk } from './distances.assembly.ts';
import { splitChannel } from './split-plane.assembly.ts';
import { updateChunk } from './update-statistics.assembly.ts';

/** In the order of `kernel-memory.ts`. */
@unmanaged
class Work {
  /** Incremented for each piece of work. */
  start: i32;
  /** Chunks that nobody has taken; negative once all are taken. */
  left: i32;
  /** Chunks that are not finished. */
  missing: i32;
  /** 1 once the other thread has failed, so the owner stops waiting. */
  failed: i32;
  kernel: i32;
  address: usize;
}

/** Must equal the numbers in `kernel-memory.ts`. */
const splitKernel: i32 = 0;
const updateKernel: i32 = 1;
const distancesKernel: i32 = 2;

function runChunk(kernel: i32, address: usize, chunk: i32, thread: usize, scratch: usize): void {
  switch (kernel) {
    case splitKernel:
      splitChannel(address, chunk, thread);
      break;
    case updateKernel:
      updateChunk(address, chunk, scratch);
      break;
    case distancesKernel:
      measureChunk(address, chunk, scratch);
      break;
    default:
      unreachable();
  }
}

function takePart(work: usize, thread: usize, scratch: usize): void {
  const left = work + offsetof<Work>('left');
  const missing = work + offsetof<Work>('missing');
  while (true) {
    // The count alone shows whether a chunk is left, because the chunk's data are written before the count.
    const chunk = atomic.sub<i32>(left, 1) - 1;
    if (chunk < 0) return;
    const kernel = atomic.load<i32>(work + offsetof<Work>('kernel'));
    const address = atomic.load<usize>(work + offsetof<Work>('address'));
    runChunk(kernel, address, chunk, thread, scratch);
    if (atomic.sub<i32>(missing, 1) === 1) atomic.notify(missing, -1);
  }
}

/** Runs some work, together with the other thread if there is one; returns when all of it is done. */
export function share(work: usize, kernel: i32, address: usize, chunks: i32, scratch: usize): void {
  const start = work + offsetof<Work>('start');
  const missing = work + offsetof<Work>('missing');
  atomic.store<i32>(work + offsetof<Work>('kernel'), kernel);
  atomic.store<usize>(work + offsetof<Work>('address'), address);
  atomic.store<i32>(missing, chunks);
  atomic.store<i32>(work + offsetof<Work>('left'), chunks);
  atomic.add<i32>(start, 1);
  atomic.notify(start, -1);
  takePart(work, 0, scratch);
  let others = atomic.load<i32>(missing);
  while (others !== 0) {
    if (atomic.load<i32>(work + offsetof<Work>('failed')) !== 0) unreachable();
    atomic.wait<i32>(missing, others, 100_000_000);
    others = atomic.load<i32>(missing);
  }
}

/** The main loop of the other thread; it never returns. */
export function serve(work: usize, scratch: usize): void {
  const start = work + offsetof<Work>('start');
  let last: i32 = 0;
  while (true) {
    while (atomic.load<i32>(start) === last) atomic.wait<i32>(start, last, -1);
    last = atomic.load<i32>(start);
    takePart(work, 1, scratch);
  }
}
