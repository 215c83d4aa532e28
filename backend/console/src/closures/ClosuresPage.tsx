import { lazy, Suspense, useState } from 'react';
import type { Account, Closure, Point, Site } from '../api/types';
import { goTo } from '../shell/route';
import { ProblemNote } from '../shell/Problems';
import { mayOperate } from '../shell/session';
import { useLive } from '../stream/store';
import { useText } from '../text/Text';
import { useNow } from '../text/useNow';
import { MOST_CORNERS, round } from './area';
import { ClosureForm } from './ClosureForm';
import { ClosureList } from './ClosureList';
import { useClosed, useClosures } from './useClosures';

// MapLibre is most of the console's weight; lists must not wait for it.
const ParkMap = lazy(() => import('../map/ParkMap'));
const toCentimetres = ([x, y]: Point): Point => [round(x), round(y)];

/** The park with its closed areas; operators close and open them here. */
export function ClosuresPage({ account, site }: { account: Account; site: Site }) {
  const { t } = useText();
  const { fleet, connection } = useLive();
  const { closures, again } = useClosures();
  const [corners, setCorners] = useState<readonly Point[]>([]);
  const [focus, setFocus] = useState<readonly Point[] | null>(null);
  const nowMs = useNow() + fleet.skewMs;
  const closed = useClosed(nowMs, true);
  const operates = mayOperate(account);
  const lost = connection !== 'open';
  const tap = (at: Point) => setCorners((before) => (before.length < MOST_CORNERS ? [...before, toCentimetres(at)] : before));
  const move = (index: number, to: Point) => setCorners((before) => before.map((corner, each) => (each === index ? toCentimetres(to) : corner)));
  const choose = (area: readonly Point[]) => {
    setCorners(area);
    setFocus(area);
  };
  return (
    <main className="live patrol manage">
      <Suspense fallback={<div className="park" />}>
        <ParkMap
          site={site} fleet={fleet} nowMs={nowMs} lost={lost} selectedId={null} focus={focus}
          {...(operates ? { corners, onGround: tap, onCorner: move } : {})}
          onRobot={(robotId) => goTo({ page: 'live', pane: 'robots', robotId })}
          onCall={() => goTo({ page: 'live', pane: 'calls', robotId: null })}
        />
      </Suspense>
      <section className="side" aria-label={t('manage.closures')}>
        <div className="side-body">
          <h2 className="visually-hidden">{t('manage.closures')}</h2>
          {operates
            ? <ClosureForm site={site} corners={corners} nowMs={nowMs} lost={lost} onCorners={setCorners} onChoose={choose} onClosed={again} />
            : <p className="empty">{t('closures.viewer')}</p>}
          <ProblemNote error={closures.error} />
          <ClosureList
            closures={closures.data && closed} site={site} nowMs={nowMs} operates={operates} lost={lost} onChange={again}
            onShow={(closure: Closure) => setFocus([...(closure.vertices as Point[])])}
          />
        </div>
      </section>
    </main>
  );
}
