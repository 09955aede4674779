/**
 * The content security policy of the built page, its workers and its service worker: nothing comes from, or goes to, another
 * origin, and no text becomes code. The development server has none, because its own scripts are inline.
 */

const directives: Readonly<Record<string, string>> = {
  // The rest: frames, media, objects.
  'default-src': "'none'",
  // WebAssembly counts as code made from data, and has a word of its own, which leaves `eval` forbidden.
  'script-src': "'self' 'wasm-unsafe-eval'",
  // No inline styles: React, recharts and driver.js set single properties, which no policy restricts; radix adds style sheets
  // through `ui/style-singleton.ts`.
  'style-src': "'self'",
  // blob: thumbnails, and charts that become a PNG. data: the tab's icon, which shows the progress of a run.
  'img-src': "'self' blob: data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

/** Without directives that work in a header only: on a plain file server, the first visit has just the page's meta element. */
export const contentSecurityPolicy = Object.entries(directives)
  .map(([name, sources]) => `${name} ${sources}`)
  .join('; ');
