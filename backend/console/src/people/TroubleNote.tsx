/** @jsxImportSource preact */
import { type Language, local } from '../text/language';
import type { Trouble } from './page-state';

interface Props {
  trouble: Trouble | null;
  /** What to say where the server has said nothing. */
  words: Record<Trouble['kind'], string>;
  language: Language;
}

/** A place that is always there, so that screen readers notice what comes into it. */
export function TroubleNote({ trouble, words, language }: Props) {
  if (!trouble) return <div role="alert" />;
  const own = trouble.kind === 'refused' ? local(trouble.text, language) : '';
  return <p class="trouble" role="alert">{own || words[trouble.kind]}</p>;
}
