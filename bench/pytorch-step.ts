/** Times PyTorch's step, if it is installed: `apt-get install python3-torch`. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { StepSize } from './step.ts';

const script = fileURLToPath(new URL('pytorch_step.py', import.meta.url));

/** The system's own Python is second: another one may precede it on the path. */
const interpreters = ['python3', '/usr/bin/python3'];

let known: string | undefined | null = null;

/** The first Python that has PyTorch; undefined if none has. */
const interpreter = (): string | undefined => {
  if (known !== null) return known;
  known = interpreters.find((python) => spawnSync(python, ['-c', 'import torch']).status === 0);
  return known;
};

/**
 * Times a step of the same model in PyTorch, in milliseconds, one sample each.
 * @param threads number of PyTorch's threads
 * @returns undefined if no installed Python has PyTorch
 * @throws Error with PyTorch's message if the step fails
 */
export const timePyTorchStep = (
  { side, width, batch }: StepSize,
  threads: number,
  samples: number,
): readonly number[] | undefined => {
  const python = interpreter();
  if (python === undefined) return undefined;
  const flags = Object.entries({ side, width, batch, threads, samples }).flatMap(([name, value]) => [
    `--${name}`,
    String(value),
  ]);
  const { status, stdout, stderr } = spawnSync(python, [script, ...flags], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`PyTorch's step failed.\n${stderr}`);
  const { samplesMs } = JSON.parse(stdout) as { readonly samplesMs: readonly number[] };
  return samplesMs;
};
