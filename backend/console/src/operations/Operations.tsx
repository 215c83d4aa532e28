import { useMediaQuery } from '@mantine/hooks';
import type { Account, Site } from '../api/types';
import { CallList } from '../panels/CallList';
import { DeliveryList } from '../panels/DeliveryList';
import { EventList } from '../panels/EventList';
import { IncidentList } from '../panels/IncidentList';
import { RobotList } from '../panels/RobotList';
import { RobotPanel } from '../panels/RobotPanel';
import { mayOperate } from '../shell/session';
import { goTo, type Pane, type Route } from '../shell/route';
import { isCallOpen, isDeliveryOpen, isIncidentOpen } from '../stream/frames';
import { useLive } from '../stream/store';
import { lazy, Suspense } from 'react';
import { Icon } from '../text/Icon';
import type { IconName } from '../text/icons';
import { useText } from '../text/Text';
import { useNow } from '../text/useNow';
import { type Moment, MomentContext } from './moment';

// MapLibre is most of the console's weight; lists and log-in must not wait for it.
const ParkMap = lazy(() => import('../map/ParkMap'));

const PHONE = '(max-width: 820px)';
const TABS: { pane: Pane; icon: IconName }[] = [
  { pane: 'map', icon: 'map' },
  { pane: 'robots', icon: 'robot' },
  { pane: 'calls', icon: 'call' },
  { pane: 'deliveries', icon: 'parcel' },
  { pane: 'incidents', icon: 'incident' },
  { pane: 'events', icon: 'event' },
];

interface Props {
  account: Account;
  site: Site;
  route: Route & { page: 'live' };
}

export function Operations({ account, site, route }: Props) {
  const { fleet, connection } = useLive();
  const phone = useMediaQuery(PHONE, window.matchMedia(PHONE).matches, { getInitialValueInEffect: false });
  const nowMs = useNow() + fleet.skewMs;
  const lost = connection !== 'open';
  const moment: Moment = { nowMs, lost, timezone: site.timezone, mayOperate: mayOperate(account), me: account };
  const pane = !phone && route.pane === 'map' ? 'robots' : route.pane;
  const selectRobot = (robotId: string) => goTo({ page: 'live', pane: 'robots', robotId });
  const map = (
    <Suspense fallback={<div className="park" />}>
      <ParkMap
      site={site} fleet={fleet} nowMs={nowMs} lost={lost} selectedId={route.robotId}
      onRobot={selectRobot} onCall={() => goTo({ page: 'live', pane: 'calls', robotId: route.robotId })}
      />
    </Suspense>
  );
  return (
    <MomentContext value={moment}>
      <main className={phone ? 'live live-phone' : 'live'}>
        {(!phone || pane === 'map') && map}
        {(!phone || pane !== 'map') && (
          <section className="side" aria-labelledby={`tab-${pane}`} id="lists">
            {!phone && <Tabs pane={pane} robotId={route.robotId} phone={false} />}
            <div className="side-body" tabIndex={-1}>
              {pane === 'robots' && !route.robotId && <RobotList onSelect={selectRobot} />}
              {pane === 'robots' && route.robotId && <RobotPanel robotId={route.robotId} />}
              {pane === 'calls' && <CallList onRobot={selectRobot} />}
              {pane === 'deliveries' && <DeliveryList onRobot={selectRobot} />}
              {pane === 'incidents' && <IncidentList onRobot={selectRobot} />}
              {pane === 'events' && <EventList />}
            </div>
          </section>
        )}
        {phone && <Tabs pane={pane} robotId={route.robotId} phone />}
      </main>
    </MomentContext>
  );
}

function Tabs({ pane, robotId, phone }: { pane: Pane; robotId: string | null; phone: boolean }) {
  const { t } = useText();
  const { fleet } = useLive();
  const counts: Partial<Record<Pane, number>> = {
    calls: Object.values(fleet.calls).filter(isCallOpen).length,
    deliveries: Object.values(fleet.deliveries).filter(isDeliveryOpen).length,
    incidents: Object.values(fleet.incidents).filter(isIncidentOpen).length,
  };
  const shown = phone ? TABS : TABS.filter((tab) => tab.pane !== 'map');
  return (
    <nav className={phone ? 'tabs tabs-phone' : 'tabs'} aria-label={t('tabs')}>
      {shown.map((tab) => (
        <button
          key={tab.pane} id={`tab-${tab.pane}`} type="button" aria-current={tab.pane === pane ? 'true' : undefined}
          onClick={() => goTo({ page: 'live', pane: tab.pane, robotId: tab.pane === pane ? null : robotId })}
        >
          <Icon name={tab.icon} />
          <span>{t(`tab.${tab.pane}`)}</span>
          {!!counts[tab.pane] && <span className={`count count-${tab.pane}`}>{counts[tab.pane]}</span>}
        </button>
      ))}
    </nav>
  );
}
