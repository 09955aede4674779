/** Writes the content security policy into the built index.html: a plain file server sends no headers. */
import type { Plugin } from 'vite';
import { contentSecurityPolicy } from '../src/app/hosting/content-security-policy.ts';

export const policyInPage = (): Plugin => ({
  name: 'residua-content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
      // It governs only what follows it.
      injectTo: 'head-prepend',
    },
  ],
});
