/** Wall time of the place as `datetime-local` fields hold it: `2026-11-27T19:00`. */
export type LocalTime = string;

const DAY_MS = 86_400_000;

/** What the clocks of a place show at a moment. */
export function localTime(atMs: number, timezone: string): LocalTime {
  const parts = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: timezone,
  }).formatToParts(new Date(atMs));
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** The moment at which the clocks of a place show a time; null when it is not one. */
export function momentOf(local: LocalTime, timezone: string): number | null {
  const asUtc = Date.parse(`${local}Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) || Number.isNaN(asUtc)) return null;
  // The offset may be another one at the moment found than at the first guess: where clocks change, twice is enough.
  const offset = (atMs: number) => Date.parse(`${localTime(atMs, timezone)}Z`) - Math.floor(atMs / 60_000) * 60_000;
  const guess = asUtc - offset(asUtc);
  return asUtc - offset(guess);
}

/** The last minute of today, or of a day after it. */
export function endOfDay(nowMs: number, timezone: string, daysLater: number): number {
  const day = localTime(nowMs + daysLater * DAY_MS, timezone).slice(0, 10);
  return momentOf(`${day}T23:59`, timezone) ?? nowMs;
}

/** Today's date of the place: `2026-11-27`. */
export const today = (nowMs: number, timezone: string): string => localTime(nowMs, timezone).slice(0, 10);
