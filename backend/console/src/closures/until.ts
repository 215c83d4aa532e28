import { endOfDay, momentOf } from '../text/zoned';

/** How long areas are usually closed; `own` is a time that somebody enters. */
export const LENGTHS = ['30', '60', '180', 'today', 'tomorrow', 'own'] as const;
export type Length = (typeof LENGTHS)[number];

/** When a closure would end, in ms; null when no time was entered. */
export function endOf(length: Length, own: string, nowMs: number, timezone: string): number | null {
  if (length === 'own') return momentOf(own, timezone);
  if (length === 'today') return endOfDay(nowMs, timezone, 0);
  if (length === 'tomorrow') return endOfDay(nowMs, timezone, 1);
  return nowMs + Number(length) * 60_000;
}
