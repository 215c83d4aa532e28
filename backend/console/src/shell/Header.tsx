import { Button } from '@mantine/core';
import type { Account } from '../api/types';
import { FleetStopButton } from '../control/FleetStop';
import { StateBadge } from '../panels/StateBadge';
import { useLive } from '../stream/store';
import { useText } from '../text/Text';
import { LanguageSwitch } from './LanguageSwitch';
import { hashOf, type Route } from './route';
import { useLogOut } from './session';

export function Header({ account, route }: { account: Account; route: Route }) {
  const { t, word } = useText();
  const logOut = useLogOut();
  const link = (page: Route['page'], label: string, href: string) => (
    <a href={href} className="nav-link" aria-current={route.page === page ? 'page' : undefined}>{label}</a>
  );
  return (
    <header className="header">
      <img src="/favicon.svg" alt="" width={32} height={32} />
      <h1 className="brand">{t('title')}</h1>
      <nav aria-label={t('nav')} className="nav">
        {link('live', t('nav.live'), hashOf({ page: 'live', pane: 'robots', robotId: null }))}
        {link('rounds', t('nav.rounds'), '#/rounds')}
        {link('patrol', t('nav.patrol'), '#/patrol')}
        {link('figures', t('nav.figures'), '#/figures')}
        {link('manage', t('nav.manage'), '#/manage/closures')}
        {account.role !== 'viewer' && link('spots', t('nav.spots'), '#/spots')}
      </nav>
      <span className="header-end">
        <FleetStopButton account={account} />
        <Connection />
        <LanguageSwitch />
        <span className="who">{account.username} · {word('role', account.role)}</span>
        <Button variant="default" size="compact-md" onClick={() => logOut.mutate()}>{t('logout')}</Button>
      </span>
    </header>
  );
}

function Connection() {
  const { connection } = useLive();
  const { t } = useText();
  const good = connection === 'open';
  const label = good ? 'connection.open' : connection === 'connecting' ? 'connection.connecting' : 'connection.lostShort';
  return (
    <StateBadge icon={good ? 'check' : 'offline'} colour={good ? 'teal' : 'red'} label={t(label)} />
  );
}
