import { describe, expect, it } from 'vitest';
import { endOfDay, localTime, momentOf, today } from './zoned';

const NOON_UTC = Date.parse('2026-11-27T12:34:56Z');

describe('times of the place', () => {
  it('are those of its clocks, whatever the browser shows', () => {
    expect(localTime(NOON_UTC, 'Asia/Seoul')).toBe('2026-11-27T21:34');
    expect(today(Date.parse('2026-11-27T16:00:00Z'), 'Asia/Seoul')).toBe('2026-11-28');
  });

  it.each([
    ['Asia/Seoul', '2026-11-27T21:00', '2026-11-27T12:00:00.000Z'],
    ['Europe/Berlin', '2026-07-01T09:30', '2026-07-01T07:30:00.000Z'],
    ['Europe/Berlin', '2026-10-25T06:00', '2026-10-25T05:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29T00:30', '2026-03-28T23:30:00.000Z'],
  ])('become moments again in %s: %s', (timezone, local, utc) => {
    expect(new Date(momentOf(local, timezone) ?? 0).toISOString()).toBe(utc);
  });

  it.each(['', '2026-11-27', 'soon', '2026-13-01T00:00'])('are not made of %j', (local) => {
    expect(momentOf(local, 'Asia/Seoul')).toBeNull();
  });

  it('end with the day', () => {
    expect(localTime(endOfDay(NOON_UTC, 'Asia/Seoul', 0), 'Asia/Seoul')).toBe('2026-11-27T23:59');
    expect(localTime(endOfDay(NOON_UTC, 'Asia/Seoul', 1), 'Asia/Seoul')).toBe('2026-11-28T23:59');
  });
});
