import type { DeliveryState, Follow } from '../api/types';
import type { follow as korean } from '../messages/ko.json';
import { minutesAway } from '../text/figures';

export type WordKey = keyof typeof korean;

const OVER: readonly DeliveryState[] = ['handed_over', 'returned', 'canceled', 'failed', 'lost'];
export const isOver = (delivery: Follow): boolean => OVER.includes(delivery.state);

export const STEPS = ['getting', 'coming', 'arrived', 'done'] as const;
export type Step = (typeof STEPS)[number];

/** Index into `STEPS` of where a delivery stands; null when it does not come any more. */
export function stepOf(state: DeliveryState): number | null {
  if (state === 'requested' || state === 'assigned' || state === 'at_shop') return 0;
  if (state === 'loaded' || state === 'near') return 1;
  if (state === 'arrived') return 2;
  return state === 'handed_over' ? 3 : null;
}

/** What the recipient may do now. */
export type Part = 'pin' | 'opening' | 'take' | 'closing' | 'locked' | 'none';

export function partOf(delivery: Follow): Part {
  if (delivery.state !== 'arrived') return 'none';
  if (delivery.door === 'open') return 'take';
  if (delivery.door === 'opening' || delivery.door === 'closing') return delivery.door;
  return delivery.locked ? 'locked' : 'pin';
}

/** The newest of two tellings of one delivery: frames and answers may overtake each other. */
export function newer(known: Follow | null, told: Follow): Follow {
  return known && Date.parse(told.updated_at) < Date.parse(known.updated_at) ? known : told;
}

/** The big sentence, with the minutes it names. */
export function headline(delivery: Follow, etaS: number | null): { key: WordKey; minutes?: number } {
  if (delivery.state !== 'loaded' && delivery.state !== 'near') return { key: `state.${delivery.state}` };
  if (etaS === null) return { key: 'coming' };
  const minutes = minutesAway(etaS);
  return minutes === null ? { key: 'coming.soon' } : { key: 'coming.minutes', minutes };
}
