import type { Closure, Point } from '../api/types';
import type { Layer } from './layers';
import { collection, line, point, polygon } from './layers';
import type { Projection } from './projection';

/** What a closed area says of itself on the map, by language. */
export type ClosureWords = (closure: Closure) => { ko: string; en: string };

export const closureLayer = (closures: readonly Closure[], projection: Projection, words: ClosureWords): Layer =>
  collection(closures.map((each) => polygon(projection, each.vertices as Point[], { id: each.id, ...words(each) })));

/** An area while somebody draws it: a line from the second corner on, an area from the third. */
export function sketchLayer(corners: readonly Point[], projection: Projection): Layer {
  if (corners.length > 2) return collection([polygon(projection, corners, {})]);
  return collection(corners.length === 2 ? [line(projection, corners, {})] : []);
}

/** A way somebody is thought to go; `offset` in pixels keeps ways along the same lane apart. */
export interface Way {
  path: readonly Point[];
  colour: string;
  offset: number;
}

export const tourLayer = (ways: readonly Way[], projection: Projection): Layer =>
  collection(ways.filter((way) => way.path.length > 1).map(({ path, colour, offset }) => line(projection, path, { colour, offset })));

/** Where a robot has been, and where it was first. */
export function trackLayer(track: readonly Point[], projection: Projection): Layer {
  const [first] = track;
  if (!first) return collection([]);
  const way = track.length > 1 ? [line(projection, track, {})] : [];
  return collection([...way, point(projection, first, { part: 'begin' })]);
}
