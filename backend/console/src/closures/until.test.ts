import { describe, expect, it } from 'vitest';
import { localTime } from '../text/zoned';
import { endOf, type Length } from './until';

const NOW = Date.parse('2026-11-27T14:30:00Z');

describe('endOf', () => {
  it.each<[Length, string]>([
    ['30', '2026-11-28T00:00'],
    ['180', '2026-11-28T02:30'],
    ['today', '2026-11-27T23:59'],
    ['tomorrow', '2026-11-28T23:59'],
    ['own', '2026-12-24T18:00'],
  ])('ends a closure "%s" at %s by the clocks of the place', (length, shown) => {
    expect(localTime(endOf(length, '2026-12-24T18:00', NOW, 'Asia/Seoul') ?? 0, 'Asia/Seoul')).toBe(shown);
  });

  it('has no end as long as nobody has entered one', () => {
    expect(endOf('own', '', NOW, 'Asia/Seoul')).toBeNull();
  });
});
