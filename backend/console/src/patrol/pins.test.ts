import { describe, expect, it } from 'vitest';
import type { Observation, PatrolPoint } from '../api/types';
import { pinsOf } from './pins';

const point = (id: string, x: number): PatrolPoint => ({ point_id: id, name: { ko: id, en: id }, x, y: 1 });
const words = { seen: 'seen', unseen: 'not yet', nameOf: (each: PatrolPoint) => each.name.en };

describe('pinsOf', () => {
  it('numbers points in the order of the route and marks those that were looked at', () => {
    const pins = pinsOf([point('gate', 3), point('pond', 5)], [{ point_id: 'pond' } as Observation], words);
    expect(pins).toEqual([
      { pointId: 'gate', at: [3, 1], mark: '1', seen: false, label: '1. gate, not yet' },
      { pointId: 'pond', at: [5, 1], mark: '2', seen: true, label: '2. pond, seen' },
    ]);
  });
});
