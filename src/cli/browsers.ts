/** Finds the system's browsers, with the flags for a WebGPU adapter on machines without a GPU. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const onPath = (names: readonly string[]): string | undefined =>
  names
    .flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name)))
    .find((file) => existsSync(file));

/** The Chromium or Chrome to drive; CHROMIUM_PATH overrides the search. Undefined if none is installed. */
export const findChromium = (): string | undefined =>
  process.env['CHROMIUM_PATH'] ??
  onPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']);

/** The stock Firefox to drive; FIREFOX_PATH overrides the search. Undefined if none is installed. */
export const findFirefox = (): string | undefined =>
  process.env['FIREFOX_PATH'] ?? onPath(['firefox-esr', 'firefox']);

export const chromiumExecutable = (): string => findChromium() ?? 'chromium';
export const firefoxExecutable = (): string => findFirefox() ?? 'firefox';

/** RESIDUA_GPU=1 uses the machine's own GPU; otherwise SwiftShader, which is available everywhere. */
const adapterFlags =
  process.env['RESIDUA_GPU'] === '1'
    ? ['--enable-features=Vulkan', '--use-webgpu-power-preference=default-high-performance']
    : ['--use-webgpu-adapter=swiftshader'];

export const chromiumFlags: readonly string[] = [
  '--headless=new',
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  ...adapterFlags,
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const firefoxPreferences: Readonly<Record<string, boolean>> = {
  'dom.webgpu.enabled': true,
  'dom.webgpu.workers.enabled': true,
  'gfx.webgpu.ignore-blocklist': true,
};
