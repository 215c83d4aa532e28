/** What a person wants of the wheels: m/s ahead, rad/s to the left. */
export interface Wish {
  v: number;
  w: number;
}

export const STILL: Wish = { v: 0, w: 0 };

/** The most the backend takes (`gangseo_protocol.drive`). */
export const MOST = { ahead: 1.0, back: 0.5, turn: 0.8 };

/** Highest speed ahead of each choice on the screen, m/s. */
export const PACES = { slow: 0.3, medium: 0.6, fast: MOST.ahead } as const;
export type Pace = keyof typeof PACES;

const KEYS: Record<string, readonly [number, number]> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

export const isDriveKey = (key: string): boolean => key in KEYS;

/** Where the arrows that are down point: right and ahead, each -1, 0 or 1. */
export function stickOfKeys(down: ReadonlySet<string>): readonly [number, number] {
  const parts = [...down].map((key) => KEYS[key] ?? [0, 0]);
  return [sum(parts.map(([right]) => right)), sum(parts.map(([, ahead]) => ahead))];
}

/** Where a finger or mouse points on a pad, from its middle: right and ahead, no longer than 1; nothing near the middle. */
export function stickOfPointer(x: number, y: number, pad: { left: number; top: number; width: number; height: number }) {
  const right = ((x - pad.left) / pad.width) * 2 - 1;
  const ahead = 1 - ((y - pad.top) / pad.height) * 2;
  const length = Math.hypot(right, ahead);
  if (length < 0.15) return [0, 0] as const;
  return [right / Math.max(1, length), ahead / Math.max(1, length)] as const;
}

/** The wish behind a stick, within what is allowed; back is slower than ahead. */
export function wishOf([right, ahead]: readonly [number, number], pace: Pace): Wish {
  const most = ahead < 0 ? Math.min(PACES[pace], MOST.back) : PACES[pace];
  // A zero is never negative: -0 would say "turn" to nobody, but look odd on the wire.
  return { v: round(ahead * most), w: round(-right * MOST.turn) };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const round = (value: number): number => Math.round(value * 100) / 100 + 0;
