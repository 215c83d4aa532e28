import type { DeliveryState, ShopDelivery } from '../api/types';
import type { shop as korean } from '../messages/ko.json';
import { minutesAway } from '../text/figures';

export type WordKey = keyof typeof korean;

const OVER: readonly DeliveryState[] = ['handed_over', 'returned', 'canceled', 'failed', 'lost'];
export const isOver = (delivery: ShopDelivery): boolean => OVER.includes(delivery.state);

/** What the shop has to do, or can only wait for. */
export type Task = 'goods_in' | 'goods_out' | 'opening' | 'closing' | 'none';

export function taskOf(delivery: ShopDelivery): Task {
  if (delivery.state !== 'at_shop' && delivery.state !== 'back_at_shop') return 'none';
  if (delivery.door === 'opening' || delivery.door === 'closing') return delivery.door;
  return delivery.state === 'at_shop' ? 'goods_in' : 'goods_out';
}

/** Which way a robot drives, by the words for it. */
const DRIVING: Partial<Record<DeliveryState, 'assigned' | 'loaded' | 'returning'>> = {
  assigned: 'assigned',
  loaded: 'loaded',
  near: 'loaded',
  returning: 'returning',
};

/** The big sentence of a card, with the minutes it names. */
export function headline(delivery: ShopDelivery, etaS: number | null): { key: WordKey; minutes?: number } {
  const way = DRIVING[delivery.state];
  if (!way || etaS === null) return { key: `state.${delivery.state}` };
  const minutes = minutesAway(etaS);
  return minutes === null ? { key: `soon.${way}` } : { key: `minutes.${way}`, minutes };
}

/** Takes a delivery that was told into those known: an older telling changes nothing; newest first. */
export function withDelivery(known: readonly ShopDelivery[], told: ShopDelivery): ShopDelivery[] {
  const before = known.find((each) => each.id === told.id);
  if (before && Date.parse(before.updated_at) > Date.parse(told.updated_at)) return [...known];
  return [told, ...known.filter((each) => each.id !== told.id)].sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** Those that wait for the shop first, then those under way, newest first. */
export function openOnes(deliveries: readonly ShopDelivery[]): ShopDelivery[] {
  const open = deliveries.filter((each) => !isOver(each));
  const asked = (each: ShopDelivery) => (taskOf(each) === 'none' ? 1 : 0);
  return open.sort((a, b) => asked(a) - asked(b) || (a.id < b.id ? 1 : -1));
}

/** The mass somebody typed, with a comma or a point; null when it is none. */
export function massFrom(text: string): number | null {
  const mass = Number(text.trim().replace(',', '.'));
  return text.trim() && Number.isFinite(mass) && mass > 0 ? mass : null;
}
