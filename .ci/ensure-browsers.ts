/** Before the tests: checks for both browsers, installs them with apt if possible, or says what to install. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { findChromium, findFirefox } from '../src/cli/browsers.ts';

const succeeds = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

const holdsDriver = (folder: string): boolean => {
  try {
    return readdirSync(folder).some((file) => file.endsWith('.json'));
  } catch {
    return false;
  }
};

/** Firefox needs a Vulkan driver for WebGPU on Linux; Mesa's includes one that runs on the processor. */
const hasVulkanDriver = (): boolean =>
  process.platform !== 'linux' ||
  succeeds('dpkg', ['-s', 'mesa-vulkan-drivers']) ||
  ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d'].some(holdsDriver);

/** The missing Debian packages. */
const missingPackages = (): string[] => [
  ...(findChromium() ? [] : ['chromium']),
  ...(findFirefox() ? [] : ['firefox-esr']),
  ...(hasVulkanDriver() ? [] : ['mesa-vulkan-drivers']),
];

const descriptions: Readonly<Record<string, string>> = {
  chromium: 'Chromium or Chrome (or set CHROMIUM_PATH)',
  'firefox-esr': 'Firefox (or set FIREFOX_PATH)',
  'mesa-vulkan-drivers': "a Vulkan driver for Firefox (Mesa's: mesa-vulkan-drivers)",
};

/** Returns the last line without addresses: those of mirrors mean nothing to the reader and differ between machines. */
const lastLine = (output: string): string =>
  output
    .trim()
    .split('\n')
    .at(-1)
    ?.replace(/\w+:\/\/\S+/g, '(address)') ?? '';

/** Returns why apt failed, or undefined if it did not. */
const aptInstall = (packages: readonly string[]): string | undefined => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['-qq', 'update'],
    ['-qq', 'install', '-y', '--no-install-recommends', ...packages],
  ]) {
    const { status, stderr, error } = spawnSync('apt-get', args, {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) return lastLine(stderr ?? error?.message ?? '');
  }
  return undefined;
};

const missing = missingPackages();
const mayInstall = process.getuid?.() === 0 && succeeds('apt-get', ['--version']);
let failure: string | undefined;
if (missing.length > 0 && mayInstall) {
  console.log(`Installing ${missing.join(', ')} with apt-get, once.`);
  failure = aptInstall(missing);
}
const stillMissing = missing.length > 0 ? missingPackages() : [];
if (stillMissing.length > 0) {
  const wanted = stillMissing.map((name) => descriptions[name]).join(', ');
  console.error(`The tests need: ${wanted}.${failure ? ` apt-get said: ${failure}` : ''}`);
  process.exitCode = 1;
}
