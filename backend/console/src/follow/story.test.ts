import { describe, expect, it } from 'vitest';
import type { Follow } from '../api/types';
import { headline, isOver, newer, partOf, stepOf } from './story';

const delivery = (fields: Partial<Follow>) => ({ state: 'loaded', door: 'closed', locked: false, updated_at: '2026-11-27T00:00:00Z', ...fields }) as Follow;

describe('what the recipient may do', () => {
  it('is nothing before the robot is there', () => {
    expect((['requested', 'at_shop', 'loaded', 'near', 'returning', 'handed_over'] as const).map((state) => partOf(delivery({ state })))).toEqual(Array(6).fill('none'));
  });

  it('goes from the PIN to the open door to the thanks', () => {
    const doors = (['closed', 'opening', 'open', 'closing'] as const).map((door) => partOf(delivery({ state: 'arrived', door })));
    expect(doors).toEqual(['pin', 'opening', 'take', 'closing']);
  });

  it('is to try again when the robot did not answer', () => {
    expect(partOf(delivery({ state: 'arrived', door: 'no_answer' }))).toBe('pin');
  });

  it('is to call for help when the PIN is locked, but never with the door open', () => {
    expect(partOf(delivery({ state: 'arrived', locked: true }))).toBe('locked');
    expect(partOf(delivery({ state: 'arrived', locked: true, door: 'open' }))).toBe('take');
  });
});

describe('the way of a delivery', () => {
  it('has four steps and none when it does not come any more', () => {
    expect((['assigned', 'near', 'arrived', 'handed_over', 'returning', 'canceled', 'stranded'] as const).map(stepOf)).toEqual([0, 1, 2, 3, null, null, null]);
  });

  it('names minutes only while they mean something', () => {
    expect(headline(delivery({}), 130)).toEqual({ key: 'coming.minutes', minutes: 2 });
    expect(headline(delivery({}), 20)).toEqual({ key: 'coming.soon' });
    expect(headline(delivery({}), null)).toEqual({ key: 'coming' });
    expect(headline(delivery({ state: 'at_shop' }), 20)).toEqual({ key: 'state.at_shop' });
  });

  it('is told by the newest news', () => {
    const known = delivery({ updated_at: '2026-11-27T00:00:05Z' });
    expect(newer(known, delivery({}))).toBe(known);
    expect(newer(null, known)).toBe(known);
  });

  it('is over when nothing more will come', () => {
    expect(isOver(delivery({ state: 'returned' }))).toBe(true);
    expect(isOver(delivery({ state: 'stranded' }))).toBe(false);
  });
});
