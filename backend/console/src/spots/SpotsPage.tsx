import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { backend } from '../api/backend';
import type { Account, SpotPage } from '../api/types';
import { ProblemNote } from '../shell/Problems';
import { mayOperate } from '../shell/session';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';

export function SpotsPage({ account }: { account: Account }) {
  const { t, own } = useText();
  const [search, setSearch] = useState('');
  const allowed = mayOperate(account);
  const spots = useQuery({ queryKey: ['spots'], queryFn: backend.spots, enabled: allowed });
  const found = (spots.data ?? []).filter((spot) => `${own(spot.name)} ${spot.spot_id}`.toLowerCase().includes(search.toLowerCase()));
  return (
    <main className="spots">
      <div className="spots-head">
        <div>
          <h2>{t('spots.title')}</h2>
          <p>{allowed ? t('spots.text') : t('role.needed')}</p>
        </div>
        <div className="controls-row">
          <Button variant="default" component="a" href="/api/recycling/qr-sheet" target="_blank" rel="noopener" leftSection={<Icon name="event" />}>{t('spots.sheet')}</Button>
          <Button leftSection={<Icon name="print" />} onClick={() => window.print()}>{t('spots.print')}</Button>
        </div>
      </div>
      <TextInput className="spots-search" label={t('spots.search')} value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
      <ProblemNote error={spots.error} />
      <ul className="spots-grid">{found.map((spot) => <SpotCard key={spot.spot_id} spot={spot} />)}</ul>
    </main>
  );
}

function SpotCard({ spot }: { spot: SpotPage }) {
  const { t, own } = useText();
  const [copied, setCopied] = useState(false);
  const name = own(spot.name);
  const copy = async () => {
    await navigator.clipboard.writeText(spot.page_url);
    setCopied(true);
  };
  return (
    <li className="spot-card">
      <h3>{name}</h3>
      <img
        src={`/api/recycling/spots/${encodeURIComponent(spot.spot_id)}/qr.svg`} alt={t('spots.qrOf', { spot: name })}
        width={180} height={180} loading="lazy"
      />
      <p className="spot-call">{t('spots.print.call')}</p>
      <span className="controls-row">
        <Button variant="default" size="xs" component="a" href={spot.page_url} target="_blank" rel="noopener" aria-label={`${t('spots.open')}: ${name}`}>{t('spots.open')}</Button>
        {navigator.clipboard && (
          <Button variant="default" size="xs" leftSection={<Icon name={copied ? 'check' : 'link'} size={14} />} onClick={() => void copy()} aria-label={`${t('spots.copy')}: ${name}`}>
            {copied ? t('spots.copied') : t('spots.copy')}
          </Button>
        )}
      </span>
    </li>
  );
}
