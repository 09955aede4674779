/** The module of all processor kernels. */
export { runList, serve } from './command-loop.assembly.ts';
