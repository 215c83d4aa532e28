import { type RefObject, useEffect, useRef } from 'react';

/** Takes the keyboard focus when what had it has just left the screen; never steals it from anything. */
export function useFocusWhenLost(shown: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef<string | null>(null);
  useEffect(() => {
    const changed = before.current !== shown;
    before.current = shown;
    if (changed && document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [shown]);
  return heading;
}
