import { type Fields, fill, type Language } from '../text/language';

export type Say<Key extends string> = (key: Key, fields?: Fields) => string;

/** The sentences of one section of the message files. */
export const wordsOf =
  <Key extends string>(korean: Record<Key, string>, english: Record<Key, string>) =>
  (language: Language): Say<Key> =>
  (key, fields) =>
    fill((language === 'ko' ? korean : english)[key], fields);
