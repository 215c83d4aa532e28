import { useEffect, useState } from 'preact/hooks';
import type { PageState } from './page-state';

/** The page's state now; draws anew on each change and twice a second for clocks that run. */
export function usePageState<State>(state: PageState<State>): { state: State; nowMs: number } {
  const [, redraw] = useState(0);
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    // Something may have changed between the first drawing and now.
    redraw((count) => count + 1);
    return state.subscribe(() => redraw((count) => count + 1));
  }, [state]);
  useEffect(() => {
    const timer = window.setInterval(() => setNowMs(Date.now()), 500);
    return () => window.clearInterval(timer);
  }, []);
  return { state: state.read(), nowMs };
}
