/**
 * `npx tsx bench/run-processor-conv.ts [SIDE WIDTH BATCH] [--direct]`: the convolutions of a model on one core, as a table;
 * with `--direct` as plain products, without Winograd's algorithms.
 */
import { runnerImport } from 'vite';
import { assembly } from '../.ci/vite-assembly.ts';

type Bench = typeof import('./processor-conv.ts');

const given = process.argv.slice(2);
const direct = given.includes('--direct');
const [side = 64, width = 0.25, batch = 16] = given.filter((word) => word !== '--direct').map(Number);
const { module } = await runnerImport<Bench>('./bench/processor-conv.ts', { plugins: [assembly()] });
const { peakGflops, convolutions } = module.benchProcessorConvolutions({ side, width, batch, direct });
console.log(`Multiply-add peak of a core: ${peakGflops.toFixed(1)} GFLOP/s`);
for (const { name, direction, operations, medianMs, gflops, peakShare } of convolutions) {
  console.log(
    name.padEnd(34),
    direction.padEnd(15),
    `${(operations / 1e6).toFixed(1)} MFLOP`.padStart(12),
    `${medianMs.toFixed(3)} ms`.padStart(11),
    `${gflops.toFixed(1)} GFLOP/s`.padStart(14),
    `${(100 * peakShare).toFixed(0)} %`.padStart(6),
  );
}
const totalMs = convolutions.reduce((sum, { operations, gflops }) => sum + operations / gflops / 1e6, 0);
const operations = convolutions.reduce((sum, convolution) => sum + convolution.operations, 0);
console.log(
  `All, at this peak: ${totalMs.toFixed(2)} ms, ${(operations / 1e9).toFixed(2)} GFLOP, ` +
    `${(operations / totalMs / 1e6).toFixed(1)} GFLOP/s`,
);
