import type { Call, CallState, LocalText, Ticket } from '../api/types';

/** What keeps the page from going on; `offline` and `server` pass by themselves. */
export type Trouble = 'offline' | 'server' | 'rate' | 'hours' | 'refused';

export interface Resident {
  /** `opening`: no ticket yet; `ready`: may call; `calling`: asked; `following`: a call is open or just ended; `unusable`: bad code. */
  phase: 'opening' | 'ready' | 'calling' | 'following' | 'unusable';
  ticket: Ticket | null;
  call: Call | null;
  /** When `call` was last heard, by this device's clock. */
  heardAtMs: number;
  /** False when somebody else at the spot had called before. */
  mine: boolean;
  robot: { x: number; y: number } | null;
  trouble: { kind: Trouble; text: LocalText | null } | null;
}

export type Happening =
  | { type: 'ticket'; ticket: Ticket; atMs: number }
  | { type: 'calling' }
  | { type: 'called'; call: Call; atMs: number }
  | { type: 'heard'; call: Call; atMs: number }
  | { type: 'restored'; call: Call; mine: boolean; atMs: number }
  | { type: 'position'; x: number; y: number; etaS: number | null; atMs: number }
  | { type: 'trouble'; kind: Trouble; text: LocalText | null }
  | { type: 'unusable'; text: LocalText | null }
  | { type: 'restart' };

export const START: Resident = {
  phase: 'opening',
  ticket: null,
  call: null,
  heardAtMs: 0,
  mine: false,
  robot: null,
  trouble: null,
};

const OPEN: readonly CallState[] = ['queued', 'assigned', 'arrived'];
export const isOpen = (call: Call): boolean => OPEN.includes(call.state);

export function next(now: Resident, happening: Happening): Resident {
  switch (happening.type) {
    case 'ticket':
      return withTicket(now, happening.ticket, happening.atMs);
    case 'calling':
      return { ...now, phase: 'calling', trouble: null };
    case 'called':
      return { ...now, phase: 'following', call: happening.call, heardAtMs: happening.atMs, mine: true, robot: null, trouble: null };
    case 'restored':
      return { ...now, phase: 'following', call: happening.call, mine: happening.mine, heardAtMs: happening.atMs, trouble: null };
    case 'heard':
      return heard(now, happening.call, happening.atMs);
    case 'position':
      return moved(now, happening);
    case 'trouble':
      return { ...now, phase: now.phase === 'calling' ? 'ready' : now.phase, trouble: { kind: happening.kind, text: happening.text } };
    case 'unusable':
      return { ...START, phase: 'unusable', trouble: { kind: 'refused', text: happening.text } };
    case 'restart':
      return { ...START, ticket: now.ticket, phase: now.ticket ? 'ready' : 'opening' };
  }
}

function withTicket(now: Resident, ticket: Ticket, atMs: number): Resident {
  const renewed = { ...now, ticket, trouble: null };
  if (ticket.open_call) {
    const mine = now.call?.id === ticket.open_call.id && now.mine;
    return { ...renewed, phase: 'following', call: ticket.open_call, heardAtMs: atMs, mine };
  }
  if (now.phase === 'following') return renewed;
  return { ...renewed, phase: 'ready' };
}

/** Frames and polls may overtake each other: only news about the same call that is not older counts. */
function heard(now: Resident, call: Call, atMs: number): Resident {
  if (now.call?.id !== call.id) return now;
  if (Date.parse(call.updated_at) < Date.parse(now.call.updated_at)) return now;
  const robot = call.robot_id === now.call.robot_id && isOpen(call) ? now.robot : null;
  return { ...now, call, heardAtMs: atMs, robot, trouble: null };
}

function moved(now: Resident, at: Happening & { type: 'position' }): Resident {
  if (!now.call || !isOpen(now.call)) return now;
  const robot = { x: at.x, y: at.y };
  if (at.etaS === null || now.call.state !== 'assigned') return { ...now, robot };
  return { ...now, robot, call: { ...now.call, eta_s: at.etaS }, heardAtMs: at.atMs };
}

export type StepName = 'queued' | 'coming' | 'arrived' | 'done';
export const STEPS: readonly StepName[] = ['queued', 'coming', 'arrived', 'done'];

/** Index into `STEPS` of where a call stands. */
export function stepOf(call: Call): number {
  const at: Record<CallState, number> = { queued: 0, assigned: 1, arrived: 2, served: 3, canceled: 3, failed: 3 };
  return at[call.state];
}
