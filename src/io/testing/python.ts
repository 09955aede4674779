/** Runs `residua_torch.py`, if a Python with PyTorch is installed: `apt-get install python3-torch python3-pil`. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../public', import.meta.url));

/** The system's own Python is second: another one may precede it on the path. */
const interpreters = ['python3', '/usr/bin/python3'];

/** The first Python that has all that the file needs; undefined if none has. */
export const pythonWithTorch = interpreters.find(
  (python) => spawnSync(python, ['-c', 'import numpy, PIL, torch']).status === 0,
);

export interface PythonResult {
  readonly status: number | null;
  readonly output: string;
}

/**
 * Runs a program that can import `residua_torch` as `r`.
 * @param input text on its standard input
 */
export const runPython = (program: string, input = '', args: readonly string[] = []): PythonResult => {
  if (pythonWithTorch === undefined) throw new Error('No Python with PyTorch is installed.');
  const start = `import json, sys\nsys.dont_write_bytecode = True\nsys.path.insert(0, ${JSON.stringify(folder)})\nimport residua_torch as r\n`;
  const { status, stdout, stderr } = spawnSync(pythonWithTorch, ['-c', start + program, ...args], {
    encoding: 'utf8',
    input,
    maxBuffer: 2 ** 28,
  });
  return { status, output: `${stdout}${stderr}` };
};

/**
 * Runs a program whose last printed line is JSON.
 * @throws Error with its output if it fails
 */
export const askPython = <T>(program: string, input: unknown = null): T => {
  const { status, output } = runPython(`given = json.load(sys.stdin)\n${program}`, JSON.stringify(input));
  if (status !== 0) throw new Error(`Python failed.\n${output}`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? 'null') as T;
};
