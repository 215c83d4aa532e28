import { describe, expect, it } from 'vitest';
import { uuid7 } from './identity';

describe('uuid7', () => {
  const random = new Uint8Array(10).fill(0xff);

  it('has version 7 and the RFC variant', () => {
    expect(uuid7(Date.parse('2026-11-22T00:00:00Z'), random)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('sorts by time', () => {
    const ids = [5, 1, 3].map((ms) => uuid7(ms, random));
    expect(ids.toSorted()).toEqual([1, 3, 5].map((ms) => uuid7(ms, random)));
  });
});
