import { resident as english } from '../messages/en.json';
import { resident as korean } from '../messages/ko.json';
import { type Fields, fill, type Language } from '../text/language';

export type WordKey = keyof typeof korean;
export type Say = (key: WordKey, fields?: Fields) => string;

const WORDS: Record<Language, Record<WordKey, string>> = { ko: korean, en: english };

export const sayIn = (language: Language): Say => (key, fields) => fill(WORDS[language][key], fields);
