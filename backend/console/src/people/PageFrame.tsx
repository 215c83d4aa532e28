/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Language, storedLanguage, storeLanguage } from '../text/language';

interface Props {
  title(language: Language): string;
  children(language: Language): ComponentChildren;
}

const OTHER: Record<Language, { language: Language; name: string }> = {
  ko: { language: 'en', name: 'English' },
  en: { language: 'ko', name: '한국어' },
};

/** Head with the language switch, around what a page shows. */
export function PageFrame({ title, children }: Props) {
  const [language, setLanguage] = useState<Language>(storedLanguage);
  const other = OTHER[language];
  const shown = title(language);
  useEffect(() => {
    document.documentElement.lang = language;
    storeLanguage(language);
  }, [language]);
  useEffect(() => {
    document.title = shown;
  }, [shown]);
  return (
    <>
      <header>
        <img src="/favicon.svg" alt="" width="36" height="36" />
        <h1>{shown}</h1>
        <button type="button" class="plain" lang={other.language} onClick={() => setLanguage(other.language)}>
          {other.name}
        </button>
      </header>
      <main>{children(language)}</main>
    </>
  );
}
