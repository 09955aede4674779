/** The steps that are timed on the processor against PyTorch, by the id of their row. */
import type { StepSize } from './step.ts';

export const pyTorchSizes: Readonly<Record<string, StepSize>> = {
  'cpu-pytorch-64-w025': { side: 64, width: 0.25, batch: 16 },
  'cpu-pytorch-64-w1': { side: 64, width: 1, batch: 4 },
  'cpu-pytorch-128': { side: 128, width: 0.5, batch: 8 },
  'cpu-pytorch-256': { side: 256, width: 0.25, batch: 4 },
};
