import { expect, it } from 'vitest';
import { pageHeaders, withPageHeaders } from './page-headers.ts';

it('adds the headers, and keeps body, status and other headers', async () => {
  const served = new Response('text', { status: 203, headers: { 'Content-Type': 'text/plain' } });
  const response = withPageHeaders(served);
  expect(response.status).toBe(203);
  expect(await response.text()).toBe('text');
  const headers = Object.fromEntries(response.headers);
  expect(headers['content-type']).toBe('text/plain');
  for (const [name, value] of Object.entries(pageHeaders)) expect(headers[name.toLowerCase()]).toBe(value);
});
