import type { DayFigures } from '../api/types';

export interface Totals {
  missions: number;
  served: number;
  failed: number;
  reassigned: number;
  /** Share of arrivals within the target, weighted by the missions that were served; null without any. */
  onTime: number | null;
}

/** Sums over days. */
export function totals(days: readonly DayFigures[]): Totals {
  const sum = (pick: (day: DayFigures) => number) => days.reduce((total, day) => total + pick(day), 0);
  const measured = days.filter((day) => day.on_time !== null && day.served > 0);
  const weight = measured.reduce((total, day) => total + day.served, 0);
  return {
    missions: sum((day) => day.missions),
    served: sum((day) => day.served),
    failed: sum((day) => day.failed),
    reassigned: sum((day) => day.reassigned),
    onTime: weight ? measured.reduce((total, day) => total + (day.on_time ?? 0) * day.served, 0) / weight : null,
  };
}

/** `2026-11-26` as `11. 26.` or `26 Nov`. */
export function shortDay(day: string, language: string): string {
  return new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}
