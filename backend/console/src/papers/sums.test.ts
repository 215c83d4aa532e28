import { describe, expect, it } from 'vitest';
import type { PaperStanding, RobotStanding } from '../api/types';
import { byUrgency, sumsOf } from './sums';

const robot = (robotId: string, lawful: boolean, ...states: PaperStanding['state'][]): RobotStanding => ({
  robot_id: robotId, name: { ko: robotId, en: robotId }, lawful, reason: null,
  papers: states.map((state) => ({
    kind: 'insurance', state, required: false, number: null, valid_until: null, days_left: null, updated_at: null, updated_by: null,
  })),
});

const ROBOTS = [
  robot('fine', true, 'valid', 'valid'),
  robot('soon', true, 'valid', 'ends_soon'),
  robot('ended', false, 'ended', 'missing'),
  robot('wide', false, 'valid', 'valid'),
];

describe('papers of robots', () => {
  it('are counted by what they need', () => {
    expect(sumsOf(ROBOTS)).toEqual({ unlawful: 2, ended: 1, ends_soon: 1, missing: 1 });
    expect(sumsOf([])).toEqual({ unlawful: 0, ended: 0, ends_soon: 0, missing: 0 });
  });

  it('show robots that stay in first, then what ends soon', () => {
    expect(byUrgency(ROBOTS).map((each) => each.robot_id)).toEqual(['ended', 'wide', 'soon', 'fine']);
  });
});
