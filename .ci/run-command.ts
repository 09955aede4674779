/** Runs one command of the test run with its output passed through, and ends it where it hangs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { delimiter, resolve } from 'node:path';

const path = [resolve('node_modules/.bin'), process.env['PATH'] ?? ''].join(delimiter);
let underWay: ChildProcess | undefined;

/** Ends the command and all that it started: browsers and servers outlive their parent otherwise. */
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
    if (underWay) end(underWay);
    process.exit(exitCode);
  });
}

/**
 * Runs a command to its end.
 * @param command a program of node_modules/.bin or of the PATH, and its arguments
 * @param environment variables beside those of this process
 * @param limitMs after this time the command is ended
 * @returns whether it ended by itself with exit code 0
 */
export const runCommand = (
  [program, ...args]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>>,
  limitMs: number,
): Promise<boolean> =>
  new Promise((resolved) => {
    const child = spawn(program, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
      env: { ...process.env, ...environment, PATH: path },
    });
    underWay = child;
    const timer = setTimeout(() => {
      console.error(`${program} was ended after ${limitMs / 60_000} minutes.`);
      end(child);
    }, limitMs);
    const finish = (succeeded: boolean): void => {
      clearTimeout(timer);
      underWay = undefined;
      resolved(succeeded);
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
