/** Times the anomaly scores: see `scores-work.ts`. */
import { runWithAssembly } from './with-assembly.ts';

await runWithAssembly('./scores-work.ts');
