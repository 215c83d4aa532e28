import { describe, expect, it } from 'vitest';
import type { Point, Site } from '../api/types';
import { around, crossesItself, inside, squareMetres, touchedBy } from './area';

const SQUARE: Point[] = [[0, 0], [10, 0], [10, 10], [0, 10]];
const node = (nodeId: string, x: number, y: number) => ({ nodeId, x, y });
const edge = (startNodeId: string, endNodeId: string) => ({ startNodeId, endNodeId });
const site = {
  nodes: [node('in', 5, 5), node('west', -5, 5), node('east', 15, 5), node('far', 50, 50), node('farther', 60, 50)],
  edges: [edge('west', 'in'), edge('in', 'west'), edge('west', 'east'), edge('far', 'farther')],
  spots: [{ spotId: 'bench', nodeId: 'in' }, { spotId: 'table', nodeId: 'far' }],
  stations: [{ stationId: 'charger', nodeId: 'in' }],
} as unknown as Site;

describe('an area', () => {
  it('has an inside and a size', () => {
    expect([inside(SQUARE, [5, 5]), inside(SQUARE, [11, 5]), inside(SQUARE, [-1, 5])]).toEqual([true, false, false]);
    expect(squareMetres(SQUARE)).toBe(100);
  });

  it('is refused when its outline crosses itself', () => {
    expect(crossesItself(SQUARE)).toBe(false);
    expect(crossesItself([[0, 0], [10, 10], [10, 0], [0, 10]])).toBe(true);
    expect(crossesItself([[0, 0], [10, 0], [5, 8]])).toBe(false);
  });

  it('can be drawn around a place', () => {
    const corners = around([20, -5], 5);
    expect(corners).toHaveLength(12);
    expect(inside(corners, [20, -5])).toBe(true);
    expect(corners.every(([x, y]) => Math.abs(Math.hypot(x - 20, y + 5) - 5) < 0.02)).toBe(true);
    expect(crossesItself(corners)).toBe(false);
  });

  it('closes lanes that lead into or through it, once for both ways, and the places in it', () => {
    const touched = touchedBy(SQUARE, site);
    expect(touched.lanes).toBe(2);
    expect(touched.spots.map((spot) => spot.spotId)).toEqual(['bench']);
    expect(touched.stations.map((station) => station.stationId)).toEqual(['charger']);
  });

  it('of fewer than three corners closes nothing', () => {
    expect(touchedBy([[0, 0], [10, 10]], site).lanes).toBe(0);
  });
});
