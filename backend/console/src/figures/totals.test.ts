import { describe, expect, it } from 'vitest';
import type { DayFigures } from '../api/types';
import { shortDay, totals } from './totals';

const day = (changes: Partial<DayFigures>): DayFigures => ({
  day: '2026-11-26', missions: 0, served: 0, canceled: 0, failed: 0, reassigned: 0,
  arrival_p50_s: null, arrival_p95_s: null, done_p50_s: null, done_p95_s: null, on_time: null, causes: [], ...changes,
});

describe('totals', () => {
  it('adds days and weighs arrivals by how many there were', () => {
    const found = totals([day({ missions: 4, served: 3, failed: 1, on_time: 1 }), day({}), day({ missions: 1, served: 1, on_time: 0 })]);
    expect(found).toEqual({ missions: 5, served: 4, failed: 1, reassigned: 0, onTime: 0.75 });
  });

  it('has no share of nothing', () => {
    expect(totals([]).onTime).toBeNull();
  });
});

describe('shortDay', () => {
  it.each([['ko', '11월 26일'], ['en', 'Nov 26']])('names a day in %s whatever the time zone', (language, text) => {
    expect(shortDay('2026-11-26', language)).toBe(text);
  });
});
