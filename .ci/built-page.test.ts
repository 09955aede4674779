/** The built page, under a path: its licenses, addresses and policy, and the files that its service worker stores. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../src/app/hosting/content-security-policy.ts';

const base = '/some/path/';
const folder = mkdtempSync(join(tmpdir(), 'residua-built-'));
const buildLimitMs = 120_000;

/** Paths of all built files. */
const files = (): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));

const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

beforeAll(() => {
  const vite = join('node_modules', 'vite', 'bin', 'vite.js');
  const options = ['--base', base, '--sourcemap', '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'];
  execFileSync(process.execPath, [vite, 'build', ...options], {
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}, buildLimitMs);

afterAll(() => rmSync(folder, { recursive: true }));

/** Fonts, and packages that the build computes into our own code. */
const notBundled = ['Inter', 'STIX Two Math', 'JetBrains Mono', 'assemblyscript', 'd3-scale-chromatic'];

/** Names of the bundled packages, by the source maps of page, workers and service worker. */
const bundledPackages = (): readonly string[] => {
  const sources = files()
    .filter((name) => name.endsWith('.map'))
    .flatMap((name): readonly string[] => JSON.parse(read(name)).sources);
  const names = sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []);
  return [...new Set(names)];
};

describe('licenses.txt', () => {
  it('has every shipped package and font, with its license and the license’s text', () => {
    const parts = read('licenses.txt').split(/\n\n-{80}\n\n/);
    const names = parts.slice(2).map((part) => /^(.+?)(?: [-\w.]+| \(font\)): [-\w. ]+\n\n./.exec(part)?.[1]);
    expect(names).not.toContain(undefined);
    const shipped = [...bundledPackages(), ...notBundled];
    for (const name of ['react', '@tensorflow/tfjs-core', 'workbox-precaching'])
      expect(shipped).toContain(name);
    expect(shipped.filter((name) => !names.includes(name))).toEqual([]);
  });
});

const codeFromText = /(?<![\w.$])(?:eval|Function)\(\s*["'`\w].{0,40}/g;

describe('index.html', () => {
  it('names its files below the path', () => {
    const addresses = [...read('index.html').matchAll(/ (?:src|href)="([^"]*)"/g)].map(
      ([, address]) => address,
    );
    expect(addresses.length).toBeGreaterThan(3);
    for (const address of addresses) expect(address).toMatch(new RegExp(`^${base}`));
  });

  it('has its content security policy before everything that it governs, and nothing inline', () => {
    const page = read('index.html');
    const text = contentSecurityPolicy.replaceAll("'", '&#39;');
    const policy = page.indexOf(`<meta http-equiv="Content-Security-Policy" content="${text}">`);
    expect(policy).toBeGreaterThan(0);
    expect(page.search(/<(?:script|link|style)/)).toBeGreaterThan(policy);
    expect(page.replace(text, '')).not.toMatch(
      /<style|<script(?![^>]* src=)| style=| on\w+=|javascript:|data:/,
    );
  });
});

describe('the scripts', () => {
  it('make no code from text', () => {
    const scripts = files().filter((name) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(10);
    const calls = scripts.flatMap((name) =>
      // decimal.js-light asks for the global object so, where there is no `self`; browsers have it.
      [...read(name).replace('self:Function(`return this`)()', 'self').matchAll(codeFromText)].map(
        ([call]) => `${name}: ${call}`,
      ),
    );
    expect(calls).toEqual([]);
  });
});

describe('the style sheets', () => {
  it('hold no font within an address, which the policy would refuse', () => {
    const sheets = files().filter((name) => name.endsWith('.css'));
    expect(sheets.length).toBeGreaterThan(1);
    for (const name of sheets) expect(read(name), name).not.toContain('url(data:');
  });
});

describe('service-worker.js', () => {
  it('stores every built file but source maps and itself', () => {
    const listed = [...read('service-worker.js').matchAll(/\{"url":"([^"]+)","revision":"\w{16}"\}/g)];
    const expected = files().filter((name) => !name.endsWith('.map') && name !== 'service-worker.js');
    expect(listed.map(([, url]) => url).sort()).toEqual([...expected].sort());
  });
});
