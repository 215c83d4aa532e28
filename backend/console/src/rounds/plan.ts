import type { CollectionForecast, CollectionWish, Litres, PlannedTour, Point, RoundStop, SpotLitres } from '../api/types';
import type { PointPin } from '../map/PointMarkers';
import type { Way } from '../site/overlays';

export const STREAMS = ['plastic', 'paper', 'can', 'other'] as const;

/** Spots somebody has chosen; litres only where they said so themselves. */
export type Choice = ReadonlyMap<string, Litres | null>;

/** White words on each have contrast enough; who comes is never told by colour alone. */
const COLOURS = ['#1463ff', '#9a3412', '#6a2384', '#0b6470', '#7a4d00', '#a3174f'] as const;
const LEFT_OUT = '#b42318';
const DONE = '#125c35';
const APART_PX = 3;

export const colourOf = (index: number): string => COLOURS[index % COLOURS.length] ?? COLOURS[0];
export const total = (litres: Litres): number => Object.values(litres).reduce((sum, each) => sum + each, 0);
export const litresOf = (spot: SpotLitres, choice: Choice): Litres => choice.get(spot.spot_id) ?? spot.litres;

export function toggled(choice: Choice, spotId: string): Choice {
  const after = new Map(choice);
  if (!after.delete(spotId)) after.set(spotId, null);
  return after;
}

export function wishOf(choice: Choice, minutes: string, nowMs: number): CollectionWish {
  return {
    spots: [...choice].map(([spotId, litres]) => ({ spot_id: spotId, ...(litres ? { litres } : {}) })),
    latest_at: minutes ? new Date(nowMs + Number(minutes) * 60_000).toISOString() : null,
  };
}

export function waysOf(tours: readonly PlannedTour[]): Way[] {
  return tours.map((tour, index) => ({ path: tour.path as Point[], colour: colourOf(index), offset: index * APART_PX }));
}

type Say = (key: 'rounds.pinChosen' | 'rounds.pinFree' | 'rounds.pinTour' | 'rounds.pinLeft', fields: Record<string, string>) => string;
type Name = (name: { ko: string; en: string }) => string;

/** Every spot: with its place on a tour, as left out, as chosen or not. */
export function choicePins(spots: readonly SpotLitres[], choice: Choice, forecast: CollectionForecast | null, say: Say, own: Name): PointPin[] {
  const visits = new Map<string, { mark: string; colour: string; robot: string }>();
  forecast?.tours.forEach((tour, index) => {
    const at = tour.visits.filter((visit) => visit.spot_id !== null);
    at.forEach((visit, number) => visits.set(visit.spot_id ?? '', { mark: String(number + 1), colour: colourOf(index), robot: own(tour.robot_name) }));
  });
  const leftOut = new Set(forecast?.left_out.map((each) => each.spot_id));
  return spots.map((each) => {
    const pin = { pointId: each.spot_id, at: [each.x, each.y] as Point, seen: false };
    const spot = own(each.name);
    const visit = visits.get(each.spot_id);
    if (visit) return { ...pin, mark: visit.mark, colour: visit.colour, label: say('rounds.pinTour', { ...visit, spot }) };
    if (leftOut.has(each.spot_id)) return { ...pin, mark: '!', colour: LEFT_OUT, label: say('rounds.pinLeft', { spot }) };
    const chosen = choice.has(each.spot_id);
    return { ...pin, mark: chosen ? '✓' : '', seen: chosen, label: say(chosen ? 'rounds.pinChosen' : 'rounds.pinFree', { spot }) };
  });
}

/** Robots of a round in the order of their ids, so that each keeps its colour while the plan changes. */
export const robotsOf = (stops: readonly RoundStop[]): string[] =>
  [...new Set(stops.flatMap((stop) => (stop.robot_id ? [stop.robot_id] : [])))].sort();

export function stopPins(stops: readonly RoundStop[], labelOf: (stop: RoundStop, mark: string) => string): PointPin[] {
  const robots = robotsOf(stops);
  const counted = new Map<string, number>();
  return stops.map((stop) => {
    const pin = (mark: string, colour?: string): PointPin => ({
      pointId: stop.id, at: [stop.x, stop.y], seen: stop.state === 'done', mark, label: labelOf(stop, mark), ...(colour ? { colour } : {}),
    });
    if (stop.state === 'done') return pin('✓', DONE);
    if (stop.ended_at !== null) return pin('!', LEFT_OUT);
    if (!stop.robot_id) return pin('?');
    const number = (counted.get(stop.robot_id) ?? 0) + 1;
    counted.set(stop.robot_id, number);
    return pin(String(number), colourOf(robots.indexOf(stop.robot_id)));
  });
}
