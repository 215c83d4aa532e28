import type { Point, Site } from '../api/types';

const EQUATOR_M_PER_DEGREE = 111_319.490_793;
const FLATTENING_TERM = 0.006_694_38;

export type LonLat = [longitude: number, latitude: number];

export interface Projection {
  toLonLat(point: Point): LonLat;
  /** Back to metres, for what people tap on the map. */
  toMetres(place: LonLat): Point;
  /** Compass bearing in degrees, clockwise from north, of an angle in the map frame. */
  toBearing(theta: number): number;
}

/** Metres of the map frame to WGS 84, flat around the origin: below 1 cm of error within 1 km. */
export function projectionOf(origin: Site['origin']): Projection {
  const { bearingDeg } = origin;
  const latitude = (origin.latitudeDeg * Math.PI) / 180;
  const turn = (bearingDeg * Math.PI) / 180;
  const curvature = Math.sqrt(1 - FLATTENING_TERM * Math.sin(latitude) ** 2);
  const metresPerLongitude = (EQUATOR_M_PER_DEGREE * Math.cos(latitude)) / curvature;
  const metresPerLatitude = (EQUATOR_M_PER_DEGREE * (1 - FLATTENING_TERM)) / curvature ** 3;
  return {
    toLonLat([x, y]) {
      const east = x * Math.cos(turn) - y * Math.sin(turn);
      const north = x * Math.sin(turn) + y * Math.cos(turn);
      return [origin.longitudeDeg + east / metresPerLongitude, origin.latitudeDeg + north / metresPerLatitude];
    },
    toMetres([longitude, latitude]) {
      const east = (longitude - origin.longitudeDeg) * metresPerLongitude;
      const north = (latitude - origin.latitudeDeg) * metresPerLatitude;
      return [east * Math.cos(turn) + north * Math.sin(turn), north * Math.cos(turn) - east * Math.sin(turn)];
    },
    toBearing(theta) {
      const degrees = 90 - (theta * 180) / Math.PI - bearingDeg;
      return ((degrees % 360) + 360) % 360;
    },
  };
}
