/** `npm run icons`: draws the page's mark, `public/icon.svg`, as the PNG files that installed apps need. */
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { chromiumExecutable, chromiumFlags } from '../src/cli/browsers.ts';

const folder = 'public';
const mark = readFileSync(`${folder}/icon.svg`, 'utf8');
/** Systems cut a maskable icon to a shape of their own; only its inner circle of 80 % is safe. */
const maskable = mark
  .replace('viewBox="0 0 32 32"', 'viewBox="-5 -5 42 42"')
  .replace('<rect width="32" height="32" rx="7"', '<rect x="-5" y="-5" width="42" height="42"');

const browser = await chromium.launch({ executablePath: chromiumExecutable(), args: [...chromiumFlags] });
const page = await browser.newPage();
for (const { name, svg, side } of [
  { name: 'icon-192.png', svg: mark, side: 192 },
  { name: 'icon-512.png', svg: mark, side: 512 },
  { name: 'icon-maskable-512.png', svg: maskable, side: 512 },
]) {
  await page.setViewportSize({ width: side, height: side });
  await page.setContent(`<style>body { margin: 0; } svg { display: block; width: 100vw; }</style>${svg}`);
  writeFileSync(`${folder}/${name}`, await page.screenshot({ omitBackground: true }));
}
await browser.close();
