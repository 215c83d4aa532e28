import { describe, expect, it } from 'vitest';
import type { Call, Ticket } from '../api/types';
import { remaining } from '../people/remaining';
import { type Happening, next, type Resident, START, stepOf } from './machine';

const call = (state: Call['state'], more: Partial<Call> = {}) =>
  ({ id: 'c1', state, robot_id: 'robot_01', eta_s: 120, countdown_s: null, updated_at: '2026-11-22T00:00:00Z', ...more }) as Call;
const ticket = (openCall: Call | null = null) => ({ ticket: 't', open_call: openCall }) as Ticket;
const after = (...happenings: Happening[]): Resident => happenings.reduce(next, START);

describe('a resident', () => {
  it('may call once a ticket is there', () => {
    expect(after({ type: 'ticket', ticket: ticket(), atMs: 0 }).phase).toBe('ready');
  });

  it('follows their own call', () => {
    const state = after({ type: 'ticket', ticket: ticket(), atMs: 0 }, { type: 'calling' }, { type: 'called', call: call('queued'), atMs: 1 });
    expect([state.phase, state.mine]).toEqual(['following', true]);
  });

  it('is told that somebody else at the bench has called', () => {
    const state = after({ type: 'ticket', ticket: ticket(call('assigned')), atMs: 0 });
    expect([state.phase, state.mine]).toEqual(['following', false]);
  });

  it('keeps their own call theirs when a ticket is renewed', () => {
    const state = after({ type: 'called', call: call('queued'), atMs: 0 }, { type: 'ticket', ticket: ticket(call('assigned')), atMs: 1 });
    expect([state.call?.state, state.mine]).toEqual(['assigned', true]);
  });

  it('still sees the end of a call after a ticket is renewed', () => {
    const state = after({ type: 'called', call: call('served'), atMs: 0 }, { type: 'ticket', ticket: ticket(), atMs: 1 });
    expect([state.phase, state.call?.state]).toEqual(['following', 'served']);
  });

  it('ignores news of other calls and old news', () => {
    const state = after(
      { type: 'called', call: call('arrived', { updated_at: '2026-11-22T00:00:05Z' }), atMs: 0 },
      { type: 'heard', call: call('assigned'), atMs: 1 },
      { type: 'heard', call: call('served', { id: 'other', updated_at: '2026-11-22T00:00:09Z' }), atMs: 2 },
    );
    expect(state.call?.state).toBe('arrived');
  });

  it('takes the time of arrival along with the position', () => {
    const state = after({ type: 'called', call: call('assigned'), atMs: 0 }, { type: 'position', x: 1, y: 2, etaS: 60, atMs: 9 });
    expect([state.robot, state.call?.eta_s, state.heardAtMs]).toEqual([{ x: 1, y: 2 }, 60, 9]);
  });

  it('loses the old dot when another robot takes over', () => {
    const state = after(
      { type: 'called', call: call('assigned'), atMs: 0 },
      { type: 'position', x: 1, y: 2, etaS: 60, atMs: 9 },
      { type: 'heard', call: call('assigned', { robot_id: 'robot_02' }), atMs: 10 },
    );
    expect(state.robot).toBeNull();
  });

  it('can call again after a failed try', () => {
    const state = after({ type: 'ticket', ticket: ticket(), atMs: 0 }, { type: 'calling' }, { type: 'trouble', kind: 'offline', text: null });
    expect([state.phase, state.trouble?.kind]).toEqual(['ready', 'offline']);
  });

  it('starts over with the ticket it has', () => {
    const state = after({ type: 'ticket', ticket: ticket(), atMs: 0 }, { type: 'called', call: call('served'), atMs: 1 }, { type: 'restart' });
    expect([state.phase, state.call]).toEqual(['ready', null]);
  });
});

describe('remaining', () => {
  it('counts down and ends at zero', () => {
    expect(remaining(30, 1000, 6000)).toBe(25);
    expect(remaining(3, 0, 60_000)).toBe(0);
  });
});

describe('stepOf', () => {
  it('puts every state on the way from received to done', () => {
    expect((['queued', 'assigned', 'arrived', 'served'] as const).map((state) => stepOf(call(state)))).toEqual([0, 1, 2, 3]);
  });
});
