import { describe, expect, it } from 'vitest';
import en from '../messages/en.json';
import ko from '../messages/ko.json';
import { endsClosed, fill } from './language';

describe('fill', () => {
  it('puts values in and leaves unknown names visible', () => {
    expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}');
  });

  it.each([
    ['초롱', '로봇 초롱이 온다'],
    ['하늬 1호', '로봇 하늬 1호가 온다'],
    ['robot_01', '로봇 robot_01이 온다'],
    ['robot_02', '로봇 robot_02가 온다'],
  ])('gives %s the right particle', (robot, sentence) => {
    expect(fill('로봇 {robot:이/가} 온다', { robot })).toBe(sentence);
  });
});

describe('endsClosed', () => {
  it('knows the reading of digits', () => {
    expect([...'0123456789'].filter(endsClosed).join('')).toBe('013678');
  });
});

describe('message files', () => {
  const fields = (text: string) => [...text.matchAll(/\{(\w+)/g)].map((match) => match[1]).sort();

  it.each(['console', 'resident', 'shop', 'follow'] as const)('say the same things in both languages: %s', (section) => {
    expect(Object.keys(en[section])).toEqual(Object.keys(ko[section]));
    for (const [key, text] of Object.entries(ko[section])) {
      expect([key, fields(en[section][key as keyof (typeof en)[typeof section]])]).toEqual([key, fields(text)]);
    }
  });

  it('have no empty texts', () => {
    for (const texts of [...Object.values(ko), ...Object.values(en)]) {
      expect(Object.values(texts).filter((text) => !text.trim())).toEqual([]);
    }
  });
});
