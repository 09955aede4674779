/** All benches in the order in which they run. */
import type { BenchCase, BenchSettings } from './bench-case.ts';
import { convolutionCase, layersCase } from './cases/convolution-case.ts';
import { growthCases } from './cases/growth-case.ts';
import { hostCase } from './cases/host-case.ts';
import { lossRedrawCase } from './cases/loss-redraw-case.ts';
import { lossShareCase } from './cases/loss-share-case.ts';
import { peaksCase } from './cases/peaks-case.ts';
import { productCase, pyTorchCases, threadsCase } from './cases/processor-case.ts';
import { checkpointCase, deviceCheckCase } from './cases/reliability-case.ts';
import { stockStepCase, wasmStepCase } from './cases/step-case.ts';
import { jaxCase, wfdlCase } from './cases/wfdl-case.ts';

/** The cases that the settings select. */
export const benchCases = ({ layerSide, quick }: BenchSettings): readonly BenchCase[] =>
  [
    convolutionCase,
    wfdlCase,
    jaxCase,
    hostCase,
    stockStepCase,
    wasmStepCase,
    ...pyTorchCases,
    threadsCase,
    productCase,
    lossRedrawCase,
    lossShareCase,
    ...growthCases,
    layersCase(layerSide),
    deviceCheckCase,
    checkpointCase,
    peaksCase,
  ].filter(({ slow = false }) => !(quick && slow));
