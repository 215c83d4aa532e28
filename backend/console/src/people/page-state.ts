import { Problem, UNREACHABLE } from '../api/problem';
import type { LocalText } from '../api/types';

/** `offline` and `server` pass by themselves; `refused` says why something was not done. */
export interface Trouble {
  kind: 'offline' | 'server' | 'refused';
  text: LocalText | null;
}

export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof Problem) || error.status === UNREACHABLE) return { kind: 'offline', text: null };
  return { kind: error.status >= 500 ? 'server' : 'refused', text: error.messages };
}

/** Does what somebody has pressed; whether it was done. After a refusal it is looked again: what it says may be news. */
export async function pressed(
  show: (news: { trouble: Trouble | null }) => void, run: () => Promise<void>, look: () => Promise<void>,
): Promise<boolean> {
  show({ trouble: null });
  try {
    await run();
    return true;
  } catch (error) {
    const trouble = troubleOf(error);
    await look().catch(() => undefined);
    show({ trouble });
    return false;
  }
}

/** A value that a page shows, and who is told of its changes. */
export class PageState<State> {
  private state: State;
  private readonly listeners = new Set<() => void>();

  constructor(state: State) {
    this.state = state;
  }

  read = (): State => this.state;

  change(fields: Partial<State>): void {
    this.state = { ...this.state, ...fields };
    for (const listener of this.listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
