import type { LocalText } from '../api/types';

export type Language = 'ko' | 'en';
export type Fields = Record<string, string | number>;

const STORED_UNDER = 'gangseo.language';

/** Digits and letters whose Korean reading ends in a consonant: 영 일 삼 육 칠 팔, 엘 엠 엔 알. */
const CLOSED_READING = /[013678LMNRlmnr]$/;
const FIRST_SYLLABLE = 0xac00;
const LAST_SYLLABLE = 0xd7a3;
const FINALS = 28;

/** Whether a word ends in a consonant, which decides between 이 and 가, 을 and 를. */
export function endsClosed(word: string): boolean {
  const last = word.trim().charCodeAt(word.trim().length - 1);
  if (last >= FIRST_SYLLABLE && last <= LAST_SYLLABLE) return (last - FIRST_SYLLABLE) % FINALS !== 0;
  return CLOSED_READING.test(word.trim());
}

/** Puts the values of `fields` where a template says `{name}` or `{name:이/가}`; an unknown name stays visible. */
export function fill(template: string, fields: Fields = {}): string {
  return template.replace(/\{(\w+)(?::([^/}]+)\/([^}]+))?\}/g, (whole, name: string, closed?: string, open?: string) => {
    const value = fields[name];
    if (value === undefined) return whole;
    return `${value}${(endsClosed(String(value)) ? closed : open) ?? ''}`;
  });
}

/** The language chosen on this device; Korean until somebody chooses. */
export function storedLanguage(): Language {
  try {
    return localStorage.getItem(STORED_UNDER) === 'en' ? 'en' : 'ko';
  } catch {
    return 'ko';
  }
}

export function storeLanguage(language: Language): void {
  try {
    localStorage.setItem(STORED_UNDER, language);
  } catch {
    // A private window refuses storage; the choice then lasts until the page is closed.
  }
}

export function local(text: LocalText | null | undefined, language: Language): string {
  return text ? text[language] || text.ko : '';
}
