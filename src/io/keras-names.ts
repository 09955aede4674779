/** Converts names of weights between a Keras model and PyTorch's `state_dict`. */

/** Maps PyTorch's variable names to Keras's, for a batch norm and for a convolution. */
const batchNormVariables: ReadonlyMap<string, string> = new Map([
  ['weight', 'gamma'],
  ['bias', 'beta'],
  ['running_mean', 'moving_mean'],
  ['running_var', 'moving_variance'],
]);
const convolutionVariables: ReadonlyMap<string, string> = new Map([
  ['weight', 'kernel'],
  ['bias', 'bias'],
]);

const isBatchNorm = (module: string): boolean => /\.(bn\d|downsample\.1)$/.test(module);

const variablesOf = (module: string): ReadonlyMap<string, string> =>
  isBatchNorm(module) ? batchNormVariables : convolutionVariables;

/** `encoder.0.bn1.running_mean` -> `encoder.0.bn1/moving_mean`. */
export const toKerasName = (name: string): string => {
  const dot = name.lastIndexOf('.');
  const module = name.slice(0, dot);
  const variable = name.slice(dot + 1);
  return `${module}/${variablesOf(module).get(variable) ?? variable}`;
};

/** `encoder.0.bn1/moving_mean` -> `encoder.0.bn1.running_mean`; any other name is returned unchanged. */
export const fromKerasName = (name: string): string => {
  const slash = name.lastIndexOf('/');
  const module = name.slice(0, slash);
  const variable = name.slice(slash + 1);
  for (const [ours, theirs] of variablesOf(module)) {
    if (theirs === variable) return `${module}.${ours}`;
  }
  return name;
};
