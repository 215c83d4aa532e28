import type { Cold } from '../api/types';

/** Share of the battery that is there at a temperature, as the fleet counts it. */
export function capacityAt(cold: Cold, celsius: number): number {
  const points = cold.points;
  const index = points.findIndex((point) => point.temperature_c > celsius);
  const high = points[index === -1 ? points.length - 1 : index];
  const low = points[index - 1];
  if (!high) return 1;
  if (index === -1 || !low) return high.capacity;
  const share = (celsius - low.temperature_c) / (high.temperature_c - low.temperature_c);
  return low.capacity + share * (high.capacity - low.capacity);
}

export interface Usable {
  /** Per cent of charge that plans may use, the reserve left aside. */
  percent: number;
  /** Distance against a warm day, 0..1; null where not even then there is something to use. */
  ofWarm: number | null;
}

/** What of a charge (per cent) plans may use, by the share of the battery that is there. */
export function usable(charge: number, capacity: number, reserve: number): Usable {
  const percent = Math.max(0, charge * capacity - reserve);
  const warm = Math.max(0, charge - reserve);
  return { percent, ofWarm: warm > 0 ? percent / warm : null };
}

/** A temperature as somebody types it, with comma or point; null when it is none that may be set. */
export function celsiusOf(text: string): number | null {
  const value = Number(text.trim().replace(',', '.').replace('−', '-'));
  return text.trim() !== '' && Number.isFinite(value) && value >= -40 && value <= 50 ? value : null;
}
