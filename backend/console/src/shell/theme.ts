import { createTheme } from '@mantine/core';

export const FONT =
  '"Pretendard Variable", Pretendard, -apple-system, "Apple SD Gothic Neo", "Noto Sans KR", "Noto Sans CJK KR", sans-serif';

/** Contrast first: `autoContrast` and shade 9 hold WCAG AA on every filled and light variant used here. */
export const theme = createTheme({
  fontFamily: FONT,
  headings: { fontFamily: FONT, fontWeight: '700' },
  primaryColor: 'cyan',
  primaryShade: 9,
  autoContrast: true,
  luminanceThreshold: 0.35,
  defaultRadius: 'md',
  cursorType: 'pointer',
});
