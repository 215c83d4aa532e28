import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { LocalText } from '../api/types';
import { console as english } from '../messages/en.json';
import { console as korean } from '../messages/ko.json';
import { type Fields, fill, type Language, local, storedLanguage, storeLanguage } from './language';

export type MessageKey = keyof typeof korean;

export { english, korean };

const MESSAGES: Record<Language, Record<MessageKey, string>> = { ko: korean, en: english };

export interface Text {
  language: Language;
  setLanguage(language: Language): void;
  t(key: MessageKey, fields?: Fields): string;
  /** A message whose key comes from the backend; the raw word where we have no text for it. */
  word(group: string, word: string): string;
  own(text: LocalText | null | undefined): string;
}

function textOf(language: Language, setLanguage: (language: Language) => void): Text {
  const messages = MESSAGES[language];
  return {
    language,
    setLanguage,
    t: (key, fields) => fill(messages[key], fields),
    word: (group, word) => (messages as Record<string, string>)[`${group}.${word}`] ?? word,
    own: (text) => local(text, language),
  };
}

const TextContext = createContext<Text>(textOf('ko', () => undefined));

export function TextProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(storedLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = MESSAGES[language].title;
    storeLanguage(language);
  }, [language]);
  const text = useMemo(() => textOf(language, setLanguage), [language]);
  return <TextContext value={text}>{children}</TextContext>;
}

export const useText = (): Text => useContext(TextContext);
