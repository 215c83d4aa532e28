import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { Mission, Point, Robot, Site } from '../api/types';
import type { Projection } from './projection';

type Properties = Record<string, string | number | boolean>;
export type Layer = FeatureCollection<Geometry, Properties>;

export const collection = (features: Feature<Geometry, Properties>[]): Layer => ({ type: 'FeatureCollection', features });

export const EMPTY: Layer = collection([]);

export function polygon(projection: Projection, vertices: readonly Point[], properties: Properties): Feature<Geometry, Properties> {
  const ring = vertices.map((vertex) => projection.toLonLat(vertex));
  const first = ring[0];
  return {
    type: 'Feature',
    properties,
    geometry: { type: 'Polygon', coordinates: [first ? [...ring, first] : ring] },
  };
}

export function line(projection: Projection, points: readonly Point[], properties: Properties): Feature<Geometry, Properties> {
  return {
    type: 'Feature',
    properties,
    geometry: { type: 'LineString', coordinates: points.map((each) => projection.toLonLat(each)) },
  };
}

export function point(projection: Projection, at: Point, properties: Properties): Feature<Geometry, Properties> {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: projection.toLonLat(at) } };
}

/** Names of a thing as map labels want them: one property per language. */
const names = (name: { ko: string; en: string } | null | undefined): Properties => ({ ko: name?.ko ?? '', en: name?.en ?? '' });

export function groundLayer(site: Site, projection: Projection): Layer {
  return collection(
    site.features.map((each) => polygon(projection, each.vertices, { kind: each.kind, ...names(each.name) })),
  );
}

export function zoneLayer(site: Site, projection: Projection): Layer {
  return collection(
    site.zones.map((zone) => polygon(projection, zone.vertices, { kind: zone.zoneType, ...names(zone.name) })),
  );
}

export function crosswalkLayer(site: Site, projection: Projection): Layer {
  return collection(site.crosswalks.map((each) => polygon(projection, each.vertices, names(each.name))));
}

export function fenceLayer(site: Site, projection: Projection): Layer {
  return collection([polygon(projection, site.geofence, {})]);
}

/** Two-way lanes are two edges in the graph and one line on the map. */
export function laneLayer(site: Site, projection: Projection): Layer {
  const nodes = new Map(site.nodes.map((node) => [node.nodeId, node]));
  const seen = new Set<string>();
  const lanes: Feature<Geometry, Properties>[] = [];
  for (const edge of site.edges) {
    const key = [edge.startNodeId, edge.endNodeId].sort().join(' ');
    const start = nodes.get(edge.startNodeId);
    const end = nodes.get(edge.endNodeId);
    if (!start || !end || seen.has(key)) continue;
    seen.add(key);
    lanes.push(line(projection, [[start.x, start.y], [end.x, end.y]], { width_m: edge.widthM }));
  }
  return collection(lanes);
}

export function spotLayer(site: Site, projection: Projection): Layer {
  return collection(
    site.spots.map((spot) => point(projection, [spot.x, spot.y], { id: spot.spotId, ...names(spot.name) })),
  );
}

export function stationLayer(site: Site, projection: Projection): Layer {
  return collection(
    site.stations.map((each) =>
      point(projection, [each.x, each.y], { id: each.stationId, kind: each.kind, ...names(each.name) }),
    ),
  );
}

export interface Drive {
  robot: Robot | undefined;
  mission: Mission | undefined;
}

export const routeLayer = (drives: readonly Drive[], projection: Projection): Layer =>
  collection(drives.flatMap((drive) => routeOf(drive, projection)));

export const plannedLayer = (drives: readonly Drive[], projection: Projection): Layer =>
  collection(
    drives.flatMap(({ robot }) =>
      robot && robot.planned_path.length > 1 ? [line(projection, robot.planned_path, {})] : [],
    ),
  );

/** The route of a mission in three parts: behind the robot, released (base), not yet released (horizon). */
function routeOf({ mission, robot }: Drive, projection: Projection): Feature<Geometry, Properties>[] {
  if (!mission) return [];
  const parts: Feature<Geometry, Properties>[] = [];
  const ahead = mission.route.filter((node) => !node.passed);
  const behind = mission.route.filter((node) => node.passed);
  const here: Point[] = robot && robot.x !== null && robot.y !== null ? [[robot.x, robot.y]] : [];
  const at = (node: { x: number; y: number }): Point => [node.x, node.y];
  const add = (part: string, points: Point[]): void => {
    if (points.length > 1) parts.push(line(projection, points, { part }));
  };
  const base = ahead.filter((node) => node.released).map(at);
  const lastReleased = base.at(-1) ?? here[0];
  add('passed', [...behind.map(at), ...here]);
  add('base', [...here, ...base]);
  add('horizon', [...(lastReleased ? [lastReleased] : []), ...ahead.filter((node) => !node.released).map(at)]);
  return parts;
}
