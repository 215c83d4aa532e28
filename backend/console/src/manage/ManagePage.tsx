import type { Account, Site } from '../api/types';
import { ClosuresPage } from '../closures/ClosuresPage';
import { PapersPage } from '../papers/PapersPage';
import { RecordingsPage } from '../recordings/RecordingsPage';
import { RecordingPage } from '../recordings/RecordingPage';
import { hashOf, MANAGE_TABS, type ManageRoute } from '../shell/route';
import { mayOperate } from '../shell/session';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';
import { WeatherPage } from '../weather/WeatherPage';
import './manage.css';

const ICON = { closures: 'closed', weather: 'weather', papers: 'paper', recordings: 'recording' } as const;

interface Props {
  account: Account;
  site: Site;
  route: ManageRoute;
}

/** What operators and administrators look after besides the robots: one place with a tab for each. */
export default function ManagePage({ account, site, route }: Props) {
  const { t } = useText();
  const operates = mayOperate(account);
  const tabs = MANAGE_TABS.filter((tab) => tab !== 'recordings' || operates);
  return (
    <>
      <nav className="manage-tabs" aria-label={t('manage.tabs')}>
        {tabs.map((tab) => (
          <a key={tab} href={hashOf({ page: 'manage', tab, id: null })} aria-current={tab === route.tab ? 'page' : undefined}>
            <Icon name={ICON[tab]} /><span>{t(`manage.${tab}`)}</span>
          </a>
        ))}
      </nav>
      {route.tab === 'closures' && <ClosuresPage account={account} site={site} />}
      {route.tab === 'weather' && <WeatherPage operates={operates} timezone={site.timezone} />}
      {route.tab === 'papers' && <PapersPage account={account} timezone={site.timezone} />}
      {route.tab === 'recordings' && !operates && <main className="spots"><p>{t('recordings.operatorsOnly')}</p></main>}
      {route.tab === 'recordings' && operates && (
        route.id === null ? <RecordingsPage site={site} /> : <RecordingPage key={route.id} incidentId={route.id} site={site} />
      )}
    </>
  );
}
