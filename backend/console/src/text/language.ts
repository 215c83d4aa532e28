import type { LocalText } from '../api/types';

export type Language = 'ko' | 'en';
export type Fields = Record<string, string | number>;

const STORED_UNDER = 'gangseo.language';

/** Puts the values of `fields` where a template says `{name}`; an unknown name stays visible. */
export function fill(template: string, fields: Fields = {}): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(fields[name] ?? whole));
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
