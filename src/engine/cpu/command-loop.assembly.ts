/**
 * Threads walk one list of commands together. A command is a kernel, the address of its arguments and a number of chunks,
 * which free threads take one by one. The next command begins when all chunks of the one before are done. Chunks do
 * not depend on the number of threads, and neither do the results.
 */
import { runKernel } from './run-kernel.assembly.ts';

/** One entry of a list. */
@unmanaged
class Command {
  kernel: i32;
  address: usize;
  chunks: i32;
  /** The next chunk that nobody has taken; 0 between two runs. */
  next: i32;
}

/** What the threads tell each other. `command-layout.ts` has the same order. */
@unmanaged
class Control {
  /**
   * Which list is to be run: its low eight bits are the number of threads that run it, the others grow by one with each list.
   * One word, so that a thread that comes late cannot take the threads of one list for those of another.
   */
  start: i32;
  list: usize;
  commands: i32;
  /** Threads that have come to the barrier. */
  arrived: i32;
  /** Grows by one with each barrier. */
  passed: i32;
  /** 1 if a thread has failed, so that the others do not wait for it. */
  failed: i32;
}

/** Looks at the barrier before a thread goes to sleep: most kernels end within microseconds of each other. */
const looks: i32 = 4_000;

/** How often a thread that waits for the others looks whether one of them has failed. */
const failureLookMs: i32 = 100;

/**
 * Sleeps until somebody is woken at `address`, unless the word there is no longer `value`, for at most `limitMs` if that is
 * not negative; may return early. Comes from outside: compiled for a quick start, V8 11 loses local variables over its own `memory.atomic.wait32`.
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
  for (let look = 0; look < looks; look++) {
    if (atomic.load<i32>(passed) !== barrier) return;
  }
  while (atomic.load<i32>(passed) === barrier) {
    if (atomic.load<i32>(control + offsetof<Control>('failed')) !== 0) unreachable();
    sleep(passed, barrier, failureLookMs);
  }
}

/** Runs a list as one of its threads. `scratch` is memory of this thread alone. */
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

/** The thread that gives the list runs it too, and returns when all of it is done. */
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
 * The life of every other thread: it never returns.
 * @param started the word `start` from which on it takes part
 * @param index of the thread; that of the owner is 0
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
