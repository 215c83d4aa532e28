import { Button } from '@mantine/core';
import { useText } from '../text/Text';

export function LanguageSwitch() {
  const { language, setLanguage } = useText();
  const other = language === 'ko' ? 'en' : 'ko';
  return (
    <Button variant="subtle" size="compact-md" lang={other} onClick={() => setLanguage(other)}>
      {other === 'en' ? 'English' : '한국어'}
    </Button>
  );
}
