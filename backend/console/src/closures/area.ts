import type { Point, Site } from '../api/types';

export const FEWEST_CORNERS = 3;
export const MOST_CORNERS = 100;
const AROUND_CORNERS = 12;

const turn = ([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): number => (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);

function cross(a: Point, b: Point, c: Point, d: Point): boolean {
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

const sides = (corners: readonly Point[]): [Point, Point][] =>
  corners.map((corner, index) => [corner, corners[(index + 1) % corners.length] as Point]);

/** Whether a point lies inside (even–odd rule, as the fleet counts). */
export function inside(corners: readonly Point[], [x, y]: Point): boolean {
  return sides(corners).filter(([[ax, ay], [bx, by]]) => ay > y !== by > y && x < ((ax - bx) * (y - by)) / (ay - by) + bx).length % 2 === 1;
}

/** Whether the outline crosses itself; what is inside of such a shape nobody can tell by looking. */
export function crossesItself(corners: readonly Point[]): boolean {
  const all = sides(corners);
  return all.some(([a, b], index) => all.slice(index + 1).some(([c, d]) => cross(a, b, c, d)));
}

export function squareMetres(corners: readonly Point[]): number {
  return Math.abs(sides(corners).reduce((sum, [[ax, ay], [bx, by]]) => sum + ax * by - bx * ay, 0)) / 2;
}

/** Corners around a place, for those who cannot or do not want to tap on the map. */
export function around([x, y]: Point, radiusM: number): Point[] {
  return Array.from({ length: AROUND_CORNERS }, (_, index) => {
    const angle = (2 * Math.PI * index) / AROUND_CORNERS;
    return [round(x + radiusM * Math.cos(angle)), round(y + radiusM * Math.sin(angle))];
  });
}

/** Centimetres are enough. */
export const round = (metres: number): number => Math.round(metres * 100) / 100;

export interface Touched {
  /** Lanes that lead into or through the area. */
  lanes: number;
  spots: Site['spots'];
  stations: Site['stations'];
}

/** What of a site an area closes: a place is closed when the node robots reach it by lies inside. */
export function touchedBy(corners: readonly Point[], site: Site): Touched {
  if (corners.length < FEWEST_CORNERS) return { lanes: 0, spots: [], stations: [] };
  const places = new Map(site.nodes.map((node) => [node.nodeId, [node.x, node.y] as Point]));
  const within = new Set([...places].filter(([, at]) => inside(corners, at)).map(([id]) => id));
  const lanes = new Set<string>();
  for (const edge of site.edges) {
    const start = places.get(edge.startNodeId);
    const end = places.get(edge.endNodeId);
    if (!start || !end) continue;
    const meets = within.has(edge.startNodeId) || within.has(edge.endNodeId) || sides(corners).some(([a, b]) => cross(start, end, a, b));
    if (meets) lanes.add([edge.startNodeId, edge.endNodeId].sort().join(' '));
  }
  return {
    lanes: lanes.size,
    spots: site.spots.filter((spot) => within.has(spot.nodeId)),
    stations: site.stations.filter((station) => within.has(station.nodeId)),
  };
}
