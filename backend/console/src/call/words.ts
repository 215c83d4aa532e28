import { resident as english } from '../messages/en.json';
import { resident as korean } from '../messages/ko.json';
import { type Say as SayOf, wordsOf } from '../people/words';

export type WordKey = keyof typeof korean;
export type Say = SayOf<WordKey>;

export const sayIn = wordsOf<WordKey>(korean, english);
