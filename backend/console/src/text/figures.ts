import type { Language } from './language';

/** Whole minutes until a robot is there; null when it is nearly there. */
export function minutesAway(seconds: number): number | null {
  return seconds < 45 ? null : Math.max(1, Math.round(seconds / 60));
}

export function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}

/** How old something is, as short as it can be said: `3초`, `2분`, `1시간`. */
export function age(seconds: number, language: Language): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return language === 'ko' ? `${whole}초` : `${whole} s`;
  if (whole < 3600) return language === 'ko' ? `${Math.floor(whole / 60)}분` : `${Math.floor(whole / 60)} min`;
  return language === 'ko' ? `${Math.floor(whole / 3600)}시간` : `${Math.floor(whole / 3600)} h`;
}

export function percent(value: number): string {
  return `${Math.round(value)}%`;
}

export function speed(metresPerSecond: number): string {
  return `${Math.abs(metresPerSecond).toFixed(1)} m/s`;
}

export function distance(metres: number): string {
  return metres < 1000 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(1)} km`;
}

/** Day and time of day as people speak of them: `11월 22일 (일) 19:00`. */
export function dayTime(at: string, timezone: string, language: Language): string {
  const parts: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric', weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  return new Intl.DateTimeFormat(language === 'ko' ? 'ko-KR' : 'en-GB', { ...parts, timeZone: timezone }).format(new Date(at));
}

export function clockTime(at: string, timezone: string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'ko' ? 'ko-KR' : 'en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone: timezone,
  }).format(new Date(at));
}
