import { describe, expect, it } from 'vitest';
import { age, clockTime, dayTime, distance, minutesAway, percent, secondsBetween } from './figures';

describe('figures', () => {
  it('rounds the way to whole minutes and says when it is nearly there', () => {
    expect(minutesAway(130)).toBe(2);
    expect(minutesAway(60)).toBe(1);
    expect(minutesAway(45)).toBe(1);
    expect(minutesAway(44)).toBeNull();
  });

  it('tells ages shortly in both languages', () => {
    expect([age(-1, 'ko'), age(59.9, 'ko'), age(60, 'ko'), age(7200, 'ko')]).toEqual(['0초', '59초', '1분', '2시간']);
    expect([age(5, 'en'), age(61, 'en'), age(3600, 'en')]).toEqual(['5 s', '1 min', '1 h']);
  });

  it('shows times of the place, not of the browser', () => {
    expect(clockTime('2026-11-22T00:05:09Z', 'Asia/Seoul', 'en')).toBe('09:05:09');
  });

  it('shows days of the place, not of the browser', () => {
    expect(dayTime('2026-11-22T15:30:00Z', 'Asia/Seoul', 'ko')).toBe('11월 23일 (월) 00:30');
    expect(dayTime('2026-11-22T10:00:00Z', 'Asia/Seoul', 'en')).toMatch(/22 Nov.* 19:00/);
  });

  it('keeps units', () => {
    expect(percent(81.6)).toBe('82%');
    expect([distance(999), distance(4210)]).toEqual(['999 m', '4.2 km']);
    expect(secondsBetween('2026-11-22T00:00:00.000Z', '2026-11-22T00:00:00.042Z')).toBeCloseTo(0.042);
  });
});
