import * as tf from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import { record } from './recording.ts';

it('refuses a backend that cannot record, before it does any work', async () => {
  tf.registerBackend('bare', () => new (class extends tf.KernelBackend {})());
  await tf.setBackend('bare');
  const body = vi.fn();
  expect(() => record(body)).toThrow("The backend 'bare' cannot record.");
  expect(body).not.toHaveBeenCalled();
});
