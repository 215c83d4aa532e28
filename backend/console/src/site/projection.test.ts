import { describe, expect, it } from 'vitest';
import { projectionOf } from './projection';

const origin = { latitudeDeg: 37.5653, longitudeDeg: 126.8247, bearingDeg: 0 };

/** Metres between two points by the WGS 84 radii of curvature at the origin, an independent formula. */
function metresBetween([lon1, lat1]: [number, number], [lon2, lat2]: [number, number]): number {
  const a = 6_378_137;
  const e2 = 0.006_694_379_990_14;
  const latitude = (origin.latitudeDeg * Math.PI) / 180;
  const w = 1 - e2 * Math.sin(latitude) ** 2;
  const north = ((lat2 - lat1) * Math.PI * a * (1 - e2)) / (180 * w ** 1.5);
  const east = ((lon2 - lon1) * Math.PI * a * Math.cos(latitude)) / (180 * Math.sqrt(w));
  return Math.hypot(north, east);
}

describe('projectionOf', () => {
  it('keeps the origin in place', () => {
    expect(projectionOf(origin).toLonLat([0, 0])).toEqual([126.8247, 37.5653]);
  });

  it.each([
    [100, 0],
    [0, 100],
    [240, 160],
    [-30, 75.5],
  ])('keeps the distance of (%d, %d) within a centimetre', (x, y) => {
    const projection = projectionOf(origin);
    const metres = metresBetween(projection.toLonLat([0, 0]), projection.toLonLat([x, y]));
    expect(metres).toBeCloseTo(Math.hypot(x, y), 2);
  });

  it('turns the x axis by the bearing of the map', () => {
    const [longitude, latitude] = projectionOf({ ...origin, bearingDeg: 90 }).toLonLat([100, 0]);
    expect(longitude).toBeCloseTo(origin.longitudeDeg, 9);
    expect(latitude).toBeGreaterThan(origin.latitudeDeg);
  });

  it.each([0, 30, 90, 200])('finds the metres of a place again on a map turned by %d°', (bearingDeg) => {
    const projection = projectionOf({ ...origin, bearingDeg });
    const [x, y] = projection.toMetres(projection.toLonLat([123.4, -56.7]));
    expect(x).toBeCloseTo(123.4, 6);
    expect(y).toBeCloseTo(-56.7, 6);
  });

  it('tells compass bearings of map angles', () => {
    const projection = projectionOf(origin);
    expect(projection.toBearing(0)).toBeCloseTo(90);
    expect(projection.toBearing(Math.PI / 2)).toBeCloseTo(0);
    expect(projection.toBearing(Math.PI)).toBeCloseTo(270);
    expect(projectionOf({ ...origin, bearingDeg: 30 }).toBearing(0)).toBeCloseTo(60);
  });
});
