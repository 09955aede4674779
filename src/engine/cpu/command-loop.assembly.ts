/**
 * All threads walk one list of commands together. A command is a kernel, the address of its arguments and a number of
 * chunks. Each free thread takes the next chunk. The next command begins when all chunks of this one have finished. Chunks
 * do not depend on the number of threads, and neither do the results.
 */
import { runKernel } from './run-kernel.assembly.ts';

/** One entry of a list. */
@unmanaged
class Command {
  kernel: i32;
  address: usize;
  chunks: i32;
  /** The next chunk that no thread has taken; 0 between two runs. */
  next: i32;
}

/** Words through which the threads communicate. `memory-map.ts` lists them in the same order. */
@unmanaged
class Control {
  /**
   * The list to run. The low eight bits are the number of its threads; the others count the lists. One word holds both, so a
   * late thread cannot take the number of threads of one list for that of another.
   */
  start: i32;
  list: usize;
  commands: i32;
  /** Number of threads that have reached the barrier. */
  arrived: i32;
  /** Counts the barriers that all threads have passed. */
  passed: i32;
  /** 1 after a thread has failed: the others then stop waiting for it. */
  failed: i32;
}

/**
 * How often a thread polls the barrier before it sleeps. Threads usually finish a command within
 * microseconds.
 */
const pollsBeforeSleep: i32 = 4_000;

/** Interval at which a sleeping thread checks whether another has failed. */
const failureLookMs: i32 = 100;

/**
 * Sleeps until another thread notifies `address`. Returns at once if the word at `address` is no longer
 * `value`, after `limitMs` if that is not negative, and possibly earlier. JavaScript provides this function
 * because V8 11's quick compiler loses local variables across `memory.atomic.wait32`.
 */
declare function sleep(address: usize, value: i32, limitMs: i32): void;

function waitForOthers(control: usize, command: usize, threads: i32): void {
  const arrived = control + offsetof<Control>('arrived');
  const passed = control + offsetof<Control>('passed');
  const barrier = atomic.load<i32>(passed);
  if (atomic.add<i32>(arrived, 1) === threads - 1) {
    changetype<Command>(command).next = 0;
    atomic.store<i32>(arrived, 0);
    atomic.add<i32>(passed, 1);
    atomic.notify(passed, -1);
    return;
  }
  for (let look = 0; look < pollsBeforeSleep; look++) {
    if (atomic.load<i32>(passed) !== barrier) return;
  }
  while (atomic.load<i32>(passed) === barrier) {
    if (atomic.load<i32>(control + offsetof<Control>('failed')) !== 0) unreachable();
    sleep(passed, barrier, failureLookMs);
  }
}

/** Runs a list as one of its threads. `scratch` is this thread's private memory. */
function walk(control: usize, threads: i32, scratch: usize): void {
  const shared = changetype<Control>(control);
  let command = shared.list;
  for (let left = shared.commands; left > 0; left--) {
    const kernel = changetype<Command>(command).kernel;
    const address = changetype<Command>(command).address;
    const chunks = changetype<Command>(command).chunks;
    const next = command + offsetof<Command>('next');
    let chunk = atomic.add<i32>(next, 1);
    while (chunk < chunks) {
      runKernel(kernel, address, chunk, scratch);
      chunk = atomic.add<i32>(next, 1);
    }
    if (threads > 1) waitForOthers(control, command, threads);
    else changetype<Command>(command).next = 0;
    command += offsetof<Command>();
  }
}

const threadBits: i32 = 8;
const threadMask: i32 = 255;

/** Runs a list with the calling thread and the others; returns when all commands have finished. */
export function runList(control: usize, list: usize, commands: i32, threads: i32, scratch: usize): void {
  const shared = changetype<Control>(control);
  shared.list = list;
  shared.commands = commands;
  if (threads > 1) {
    const start = control + offsetof<Control>('start');
    const lists = (atomic.load<i32>(start) >>> threadBits) + 1;
    atomic.store<i32>(start, (lists << threadBits) | threads);
    atomic.notify(start, -1);
  }
  walk(control, threads, scratch);
}

/**
 * The loop of every other thread, which never returns.
 * @param started the word `start` after which the thread joins
 * @param index of the thread; the owner has index 0
 */
export function serve(control: usize, started: i32, index: i32, scratch: usize): void {
  const start = control + offsetof<Control>('start');
  let last = started;
  while (true) {
    const present = atomic.load<i32>(start);
    if (present === last) {
      sleep(start, last, -1);
      continue;
    }
    last = present;
    const threads = present & threadMask;
    if (index < threads) walk(control, threads, scratch);
  }
}
