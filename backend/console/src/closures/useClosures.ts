import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { backend } from '../api/backend';
import type { Closure, Site } from '../api/types';
import { english, korean } from '../text/Text';
import { clockTime, dayTime } from '../text/figures';
import { fill, type Language } from '../text/language';
import { today } from '../text/zoned';
import { useLive } from '../stream/store';

const CLOSURES = ['closures'];
const SAFETY_MS = 30_000;
const TOLD_BY: readonly string[] = ['area_closed', 'area_opened'];
const NONE: Closure[] = [];

/** Areas that are closed; read again whenever the stream tells that one was closed or opened. */
export function useClosures(enabled = true) {
  const queries = useQueryClient();
  const { fleet } = useLive();
  const newest = fleet.events.findLast((event) => TOLD_BY.includes(event.kind))?.id;
  const again = useCallback(() => void queries.invalidateQueries({ queryKey: CLOSURES }), [queries]);
  useEffect(again, [again, newest]);
  const closures = useQuery({ queryKey: CLOSURES, queryFn: backend.closures, refetchInterval: SAFETY_MS, enabled });
  return { closures, again };
}

/** Those that have not run out yet; the same list as long as they are the same. */
export function useClosed(nowMs: number, enabled: boolean): Closure[] {
  const { closures } = useClosures(enabled);
  const running = enabled ? (closures.data ?? NONE).filter((each) => Date.parse(each.until) > nowMs) : NONE;
  const ids = running.map((each) => each.id).join(' ');
  return useMemo(() => running, [ids]);
}

/** When a closure ends, as short as it can be said. */
export function untilOf(closure: Closure, timezone: string, language: Language, nowMs: number): string {
  const sameDay = today(Date.parse(closure.until), timezone) === today(nowMs, timezone);
  return sameDay ? clockTime(closure.until, timezone, language).slice(0, 5) : dayTime(closure.until, timezone, language);
}

const LONGEST = 24;
const shortened = (words: string): string => (words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words);

/** What a closed area says of itself on the map, in both languages. */
export function useClosureWords(site: Site) {
  const { timezone } = site;
  return useCallback(
    (closure: Closure) => {
      const now = Date.now();
      const words = (language: Language, template: string) => fill(template, { reason: shortened(closure.reason), until: untilOf(closure, timezone, language, now) });
      return { ko: words('ko', korean['map.closedArea']), en: words('en', english['map.closedArea']) };
    },
    [timezone],
  );
}
