import { describe, expect, it } from 'vitest';
import type { ShopDelivery } from '../api/types';
import { headline, massFrom, openOnes, taskOf, withDelivery } from './story';

const delivery = (id: string, fields: Partial<ShopDelivery> = {}) =>
  ({ id, state: 'requested', door: 'closed', updated_at: '2026-11-27T00:00:00Z', ...fields }) as ShopDelivery;

describe('what the shop has to do', () => {
  it('is to load and to take back, and nothing in between', () => {
    expect(taskOf(delivery('a', { state: 'at_shop', door: 'opening' }))).toBe('opening');
    expect(taskOf(delivery('a', { state: 'at_shop', door: 'open' }))).toBe('goods_in');
    expect(taskOf(delivery('a', { state: 'at_shop', door: 'closing' }))).toBe('closing');
    expect(taskOf(delivery('a', { state: 'at_shop', door: 'no_answer' }))).toBe('goods_in');
    expect(taskOf(delivery('a', { state: 'back_at_shop', door: 'open' }))).toBe('goods_out');
    expect(taskOf(delivery('a', { state: 'loaded' }))).toBe('none');
  });

  it('comes first in the list', () => {
    const all = [delivery('3'), delivery('2', { state: 'at_shop', door: 'open' }), delivery('1', { state: 'returned' })];
    expect(openOnes(all).map((each) => each.id)).toEqual(['2', '3']);
  });
});

describe('the list', () => {
  it('takes news, not what is older, and keeps the newest delivery first', () => {
    const known = [delivery('b'), delivery('a', { state: 'loaded', updated_at: '2026-11-27T00:00:05Z' })];
    expect(withDelivery(known, delivery('a', { state: 'at_shop' })).map((each) => each.state)).toEqual(['requested', 'loaded']);
    expect(withDelivery(known, delivery('c')).map((each) => each.id)).toEqual(['c', 'b', 'a']);
    expect(withDelivery(known, delivery('b', { state: 'assigned' }))[0]?.state).toBe('assigned');
  });
});

describe('the sentence of a card', () => {
  it('names minutes on the way', () => {
    expect(headline(delivery('a', { state: 'assigned' }), 130)).toEqual({ key: 'minutes.assigned', minutes: 2 });
    expect(headline(delivery('a', { state: 'near' }), 10)).toEqual({ key: 'soon.loaded' });
    expect(headline(delivery('a', { state: 'arrived' }), 10)).toEqual({ key: 'state.arrived' });
  });
});

describe('a mass', () => {
  it('is what people write', () => {
    expect([massFrom('1.5'), massFrom(' 2,5 '), massFrom('3')]).toEqual([1.5, 2.5, 3]);
    expect([massFrom(''), massFrom('two'), massFrom('0'), massFrom('-1')]).toEqual([null, null, null, null]);
  });
});
