import { describe, expect, it } from 'vitest';
import { capacityAt, celsiusOf, usable } from './cold';

const COLD = {
  points: [{ temperature_c: -10, capacity: 0.7 }, { temperature_c: 0, capacity: 0.8 }, { temperature_c: 20, capacity: 1 }],
  reserve_percent: 15,
};

describe('the cold', () => {
  it.each([[-30, 0.7], [-10, 0.7], [-5, 0.75], [0, 0.8], [10, 0.9], [20, 1], [35, 1]])('leaves at %d °C a share of %d', (celsius, share) => {
    expect(capacityAt(COLD, celsius)).toBeCloseTo(share);
  });

  it('shortens ways by more than its share, for the reserve stays', () => {
    expect(usable(80, 1, 15)).toEqual({ percent: 65, ofWarm: 1 });
    expect(usable(80, 0.7, 15).ofWarm).toBeCloseTo(41 / 65);
    expect(usable(10, 0.7, 15)).toEqual({ percent: 0, ofWarm: null });
  });
});

describe('celsiusOf', () => {
  it.each([['-3', -3], [' 4.5 ', 4.5], ['4,5', 4.5], ['−12', -12], ['0', 0]])('reads %j', (text, value) => {
    expect(celsiusOf(text)).toBe(value);
  });

  it.each(['', ' ', 'cold', '51', '-41', '1e9'])('refuses %j', (text) => {
    expect(celsiusOf(text)).toBeNull();
  });
});
