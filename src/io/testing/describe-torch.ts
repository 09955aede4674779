/** Tests of `residua_torch.py`. */
import { describe } from 'vitest';
import { pythonWithTorch, runPython } from './python.ts';

/** As `describe`; skipped, with the reason, if no Python can run the file. */
export const describeTorch = (title: string, tests: () => void): void => {
  const installed = pythonWithTorch !== undefined;
  const reason = installed ? '' : ' (skipped: no Python with torch, numpy and PIL is installed)';
  describe.skipIf(!installed)(`${title}${reason}`, tests);
};

/** Runs a command of residua_torch.py. */
export const runTorch = (...args: readonly string[]) =>
  runPython('sys.argv = ["residua_torch.py", *sys.argv[1:]]\nsys.exit(r.main())', '', args);
