/** `npm run screenshots`: pictures of each state of the page for inspection; not a test. */
import { defineConfig } from '@playwright/test';
import config from '../../playwright.config.ts';

export default defineConfig({ ...config, testDir: '.', testMatch: '*.shots.ts', timeout: 600_000 });
