import { shop as english } from '../messages/en.json';
import { shop as korean } from '../messages/ko.json';
import { type Say as SayOf, wordsOf } from '../people/words';
import type { WordKey } from './story';

export type Say = SayOf<WordKey>;

export const sayIn = wordsOf<WordKey>(korean, english);
