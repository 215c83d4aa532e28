import { describe, expect, it } from 'vitest';
import type { Command } from '../api/types';
import { phaseOf } from './useCommand';

const command = (more: Partial<Command>) =>
  ({
    kind: 'pause', state: 'sent', result: null, requested_at: '2026-11-22T00:00:00.000Z',
    sent_at: '2026-11-22T00:00:00.010Z', acknowledged_at: null, ...more,
  }) as Command;

describe('phaseOf', () => {
  it('waits while the robot has not answered', () => {
    expect(phaseOf(command({})).phase).toBe('sent');
  });

  it('measures from sent to acknowledged', () => {
    expect(phaseOf(command({ acknowledged_at: '2026-11-22T00:00:00.052Z' }))).toEqual({ phase: 'acknowledged', kind: 'pause', ms: 42 });
  });

  it('says what the robot said when it failed', () => {
    expect(phaseOf(command({ state: 'failed', result: 'no order' }))).toMatchObject({ phase: 'failed', detail: 'no order' });
  });
});
