/** The kernels' numbers in commands. TypeScript and AssemblyScript both read this file. */
export const fill = 0;
