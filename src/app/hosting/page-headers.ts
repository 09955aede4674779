/** The HTTP headers of the page that a plain file server does not send. */
import { contentSecurityPolicy } from './content-security-policy.ts';

/** Isolate the page from others, which is the condition for threads in WebAssembly. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
} as const;

/** The headers of each built file. A worker has the policy of its own file, not of the page that starts it. */
export const pageHeaders = {
  ...isolationHeaders,
  'Content-Security-Policy': contentSecurityPolicy,
} as const;

/** Returns the response with the page's headers. */
export const withPageHeaders = (response: Response): Response => {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(pageHeaders)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
};
