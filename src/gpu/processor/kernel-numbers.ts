/** The kernels' numbers in commands. TypeScript and AssemblyScript both read this file. */
export const fill = 0;

export const packFilter = 100;
export const gatherPatches = 101;
export const gatherPositions = 102;
export const filterPatches = 103;
export const filterPositions = 104;
export const sumPartials = 105;
export const foldFilter = 106;
export const channelMoments = 200;
export const joinMoments = 201;
export const normalise = 202;
export const batchNormGradientSums = 203;
export const joinGradientSums = 204;
export const batchNormInputGradient = 205;
export const mergeMoments = 206;
export const addRelu = 210;
export const addReluGradient = 211;
export const biasSigmoid = 212;
export const biasSigmoidGradient = 213;
export const joinChannelSums = 214;
export const addReluUpsampled = 215;
export const addReluUpsampledGradient = 216;
export const copy = 220;
export const accumulate = 221;
export const scale = 222;
export const radamStep = 230;
