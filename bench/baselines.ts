/** Times the baselines: see `baselines-work.ts`. */
import { runWithAssembly } from './with-assembly.ts';

await runWithAssembly('./baselines-work.ts');
