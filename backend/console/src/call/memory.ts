import type { Call } from '../api/types';

export interface Remembered {
  call: Call;
  mine: boolean;
}

const keyOf = (spotToken: string): string => `gangseo.call.${spotToken}`;

/** What this tab knew about a spot's call before a reload; the server is asked again before it is shown. */
export function remembered(spotToken: string): Remembered | null {
  try {
    const text = sessionStorage.getItem(keyOf(spotToken));
    return text ? (JSON.parse(text) as Remembered) : null;
  } catch {
    return null;
  }
}

export function remember(spotToken: string, call: Call, mine: boolean): void {
  try {
    sessionStorage.setItem(keyOf(spotToken), JSON.stringify({ call, mine }));
  } catch {
    // Storage may be full or forbidden; then a reload starts from the ticket alone.
  }
}

export function forget(spotToken: string): void {
  try {
    sessionStorage.removeItem(keyOf(spotToken));
  } catch {
    // As above.
  }
}
