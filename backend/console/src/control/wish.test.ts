import { describe, expect, it } from 'vitest';
import { MOST, stickOfKeys, stickOfPointer, wishOf } from './wish';

const PAD = { left: 100, top: 200, width: 160, height: 160 };

describe('a stick', () => {
  it('follows the arrows that are down, and opposite ones cancel', () => {
    expect(stickOfKeys(new Set(['ArrowUp', 'ArrowLeft']))).toEqual([-1, 1]);
    expect(stickOfKeys(new Set(['ArrowUp', 'ArrowDown']))).toEqual([0, 0]);
    expect(stickOfKeys(new Set())).toEqual([0, 0]);
  });

  it('follows a finger, no further than the rim, and rests in the middle', () => {
    expect(stickOfPointer(180, 200, PAD)).toEqual([0, 1]);
    expect(stickOfPointer(184, 284, PAD)).toEqual([0, 0]);
    const [right, ahead] = stickOfPointer(900, 280, PAD);
    expect(right).toBe(1);
    expect(ahead).toBeCloseTo(0);
  });
});

describe('a wish', () => {
  it('turns left when the stick points left', () => {
    expect(wishOf([-1, 0], 'slow')).toEqual({ v: 0, w: MOST.turn });
  });

  it('stays within what the backend takes, back as ahead', () => {
    expect(wishOf([1, 1], 'fast')).toEqual({ v: MOST.ahead, w: -MOST.turn });
    expect(wishOf([0, -1], 'fast')).toEqual({ v: -MOST.back, w: 0 });
    expect(wishOf([0, -1], 'slow')).toEqual({ v: -0.3, w: 0 });
  });
});
