import { describe, expect, it } from 'vitest';
import type { Mission, Robot } from '../api/types';
import { plannedLayer, routeLayer } from './layers';
import { projectionOf } from './projection';

const projection = projectionOf({ latitudeDeg: 37.5, longitudeDeg: 126.8, bearingDeg: 0 });
const robot = { x: 15, y: 0, planned_path: [[15, 0], [20, 0]] } as unknown as Robot;
const node = (x: number, passed: boolean, released: boolean) => ({ node_id: `n${x}`, x, y: 0, passed, released });
const mission = {
  route: [node(0, true, true), node(10, true, true), node(20, false, true), node(30, false, true), node(40, false, false)],
} as unknown as Mission;

const parts = (drives: Parameters<typeof routeLayer>[0]) =>
  routeLayer(drives, projection).features.map((feature) => [
    feature.properties.part,
    feature.geometry.type === 'LineString' ? feature.geometry.coordinates.length : 0,
  ]);

describe('routeLayer', () => {
  it('tells the way behind, the released way and the way not yet released apart', () => {
    expect(parts([{ mission, robot }])).toEqual([['passed', 3], ['base', 3], ['horizon', 2]]);
  });

  it('begins the horizon at the robot where nothing is released', () => {
    const held = { route: [node(20, false, false), node(30, false, false)] } as unknown as Mission;
    expect(parts([{ mission: held, robot }])).toEqual([['horizon', 3]]);
  });

  it('draws a route without a robot', () => {
    expect(parts([{ mission, robot: undefined }])).toEqual([['passed', 2], ['base', 2], ['horizon', 2]]);
  });

  it('draws nothing without a mission', () => {
    expect(parts([{ mission: undefined, robot }])).toEqual([]);
  });
});

describe('plannedLayer', () => {
  it('draws one line per robot that has a plan', () => {
    const still = { ...robot, planned_path: [] };
    expect(plannedLayer([{ robot, mission }, { robot: still, mission }], projection).features).toHaveLength(1);
  });
});
