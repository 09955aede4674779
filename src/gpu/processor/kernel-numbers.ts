/** The kernels' numbers in commands. TypeScript and AssemblyScript both read this file. */
export const fill = 0;

export const packFilter = 100;
export const gatherPatches = 101;
export const gatherPositions = 102;
export const filterPatches = 103;
export const filterPositions = 104;
export const sumPartials = 105;
export const winogradFilter = 106;
export const winogradProduct = 107;
export const winogradSums = 108;
export const winogradFilterGradient = 109;
export const upsampleProduct = 110;
export const upsampleInputGradient = 111;
export const upsampleSums = 112;
export const cornerFilter = 113;
export const scatterCorners = 114;
