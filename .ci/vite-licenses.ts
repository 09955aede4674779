/** Lists the packages and fonts that the page ships, with their licenses, in `licenses.txt`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LicenseInfo, licensePlugin } from 'rolldown-license-plugin';
import type { Plugin } from 'vite';

/** The licenses of packages that the page may ship; the build fails with any other. */
const allowed = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD'];

const fontsFolder = 'src/app/ui/theme/fonts';

const font = (name: string, file: string): LicenseInfo => ({
  name: `${name} (font)`,
  version: '',
  license: 'OFL-1.1',
  licenseText: readFileSync(join(fontsFolder, file), 'utf8'),
});

const fonts = (): readonly LicenseInfo[] => [
  font('Inter', 'inter-license.txt'),
  font('JetBrains Mono', 'jetbrains-mono-license.txt'),
  font('STIX Two Math', 'stix-two-math-license.txt'),
];

const textIn = (name: string): string => readFileSync(join('node_modules', name, 'LICENSE'), 'utf8');

/** A package whose code or data the build computes into ours, where no bundler sees it. */
const compiledIn = (name: string): LicenseInfo => {
  const description = readFileSync(join('node_modules', name, 'package.json'), 'utf8');
  const { version = '', license = '' }: Readonly<Record<string, string>> = JSON.parse(description);
  return { name, version, license, licenseText: textIn(name) };
};

/** AssemblyScript's own library in the kernels, and the sampled color maps. */
const compiled = (): readonly LicenseInfo[] => ['assemblyscript', 'd3-scale-chromatic'].map(compiledIn);

/** The licenses that all apply to a package, without the parentheses of an SPDX expression. */
const termsOf = ({ license }: LicenseInfo): string => license.replace(/^\((.*)\)$/, '$1');

/** The comment with which a file begins, if its package has the text of a license only there. */
const headOf = (file: string): string => {
  const lines = readFileSync(join('node_modules', file), 'utf8').split('\n');
  const end = lines.findIndex((line) => !line.startsWith('//'));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^\/\/ ?/, ''))
    .join('\n');
};

/** The text of a package's license. Some packages name their license and leave its text out. */
const textOf = ({ name, license, licenseText }: LicenseInfo): string => {
  if (licenseText !== '') return licenseText;
  if (license === 'Apache-2.0') return textIn('assemblyscript');
  if (license === 'MIT') {
    return readFileSync('LICENSE', 'utf8').replace(/Copyright.*/, `Copyright (c) the authors of ${name}`);
  }
  if (name === '@bufbuild/protobuf') {
    return `${textIn('assemblyscript').trim()}\n\n${headOf('@bufbuild/protobuf/dist/esm/wire/varint.js')}`;
  }
  throw new Error(`${name} has no text of its license ${license}.`);
};

const titleOf = ({ name, version, license }: LicenseInfo): string =>
  `${`${name} ${version}`.trim()}: ${license}`;

const asText = (shipped: readonly LicenseInfo[]): string => {
  const line = `\n\n${'-'.repeat(80)}\n\n`;
  const list = shipped.map(titleOf).join('\n');
  const texts = shipped.map((info) => `${titleOf(info)}\n\n${textOf(info).trim()}`);
  return `${['Residua ships these packages and fonts.', list, ...texts].join(line)}\n`;
};

/** A plugin for every bundle of the page, and one that writes the list after all bundles. */
export const createLicenseList = () => {
  const packages = new Map<string, LicenseInfo>();
  const collect = () =>
    licensePlugin({
      allow: (info) =>
        termsOf(info)
          .split(' AND ')
          .every((part) => allowed.includes(part)),
      failOnViolation: true,
      failOnUnlicensed: true,
      done: (found) => {
        for (const info of found) packages.set(titleOf(info), { ...info, license: termsOf(info) });
      },
    });
  const write = (): Plugin => ({
    name: 'residua-licenses',
    apply: 'build',
    generateBundle() {
      const sorted = [...packages.values(), ...compiled()].sort((a, b) => (a.name < b.name ? -1 : 1));
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: asText([...sorted, ...fonts()]) });
    },
  });
  return { collect, write };
};
