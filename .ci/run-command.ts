/** Runs one command of the test run, and ends it if it hangs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { delimiter, resolve } from 'node:path';

const path = [resolve('node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter);
const underWay = new Set<ChildProcess>();

/** Ends the command and all its child processes: browsers and servers would outlive their parent. */
const end = (child: ChildProcess): void => {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
};

for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    for (const child of underWay) end(child);
    process.exit(exitCode);
  });
}

/** How a command ended. */
export interface CommandOutcome {
  /** Whether it ended by itself with exit code 0. */
  readonly succeeded: boolean;
  /** Its output, if that was held back. */
  readonly output: string;
}

/**
 * Runs a command to its end.
 * @param command a program of node_modules/.bin or of the PATH, and its arguments
 * @param environment variables in addition to those of this process
 * @param limitMs time after which the command is ended
 * @param held whether its output is held back; otherwise it is passed through
 */
export const runCommand = (
  [program, ...args]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>>,
  limitMs: number,
  held: boolean,
): Promise<CommandOutcome> =>
  new Promise((resolved) => {
    const stream = held ? 'pipe' : 'inherit';
    const child = spawn(program, args, {
      stdio: ['ignore', stream, stream],
      detached: true,
      env: { ...process.env, ...environment, PATH: path },
    });
    underWay.add(child);
    const chunks: Buffer[] = [];
    for (const readable of [child.stdout, child.stderr]) {
      readable?.on('data', (chunk: Buffer) => chunks.push(chunk));
    }
    const timer = setTimeout(() => {
      console.error(`${program} was stopped after ${limitMs / 60_000} minutes.`);
      end(child);
    }, limitMs);
    const finish = (succeeded: boolean): void => {
      clearTimeout(timer);
      underWay.delete(child);
      resolved({ succeeded, output: Buffer.concat(chunks).toString() });
    };
    child.once('error', (error) => {
      console.error(error.message);
      finish(false);
    });
    child.once('close', (code) => {
      end(child);
      finish(code === 0);
    });
  });
