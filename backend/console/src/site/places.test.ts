import { describe, expect, it } from 'vitest';
import type { Site } from '../api/types';
import { placeOf } from './places';

const site = {
  spots: [{ spotId: 'bench_01', nodeId: 'n1', name: { ko: '연못 벤치', en: 'Pond bench' } }],
  stations: [{ stationId: 'depot_01', nodeId: 'd1', name: { ko: '집하장', en: 'Depot' } }],
} as unknown as Site;

describe('placeOf', () => {
  it('names spots and stations by their node', () => {
    expect(placeOf(site, 'n1')?.ko).toBe('연못 벤치');
    expect(placeOf(site, 'd1')?.en).toBe('Depot');
  });

  it('knows no name for a bend in the road, nor before the site is loaded', () => {
    expect(placeOf(site, 'w1')).toBeNull();
    expect(placeOf(undefined, 'n1')).toBeNull();
  });
});
