import { expect, it } from 'vitest';
import { Throughput } from './throughput.ts';

it('has no pace before any work', () => {
  const throughput = new Throughput();
  expect(throughput.imagesPerSecond()).toBeUndefined();
  throughput.restart(1000);
  expect(throughput.imagesPerSecond()).toBeUndefined();
  expect(throughput.remainingMs(5)).toBeUndefined();
});

it('counts images and steps over the time since the start', () => {
  const throughput = new Throughput();
  throughput.restart(1000);
  throughput.add(2000, 64, 2);
  throughput.add(3000, 64, 2);
  expect(throughput.imagesPerSecond()).toBe(64);
  expect(throughput.remainingMs(10)).toBe(5000);
});

it('forgets the pace of long ago', () => {
  const throughput = new Throughput();
  throughput.restart(0);
  for (let second = 1; second <= 60; second++) throughput.add(second * 1000, 10, 1);
  for (let second = 61; second <= 80; second++) throughput.add(second * 1000, 40, 1);
  expect(throughput.imagesPerSecond()).toBe(40);
});
