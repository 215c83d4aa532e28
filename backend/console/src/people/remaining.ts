/** Seconds left now of a duration told at `heardAtMs`. */
export function remaining(seconds: number, heardAtMs: number, nowMs: number): number {
  return Math.max(0, seconds - (nowMs - heardAtMs) / 1000);
}
