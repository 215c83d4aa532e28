import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { backend } from '../api/backend';
import type { Account, ShopPage, SpotPage } from '../api/types';
import { ProblemNote } from '../shell/Problems';
import { mayOperate } from '../shell/session';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';

export function SpotsPage({ account }: { account: Account }) {
  const { t, own } = useText();
  const [search, setSearch] = useState('');
  const allowed = mayOperate(account);
  const spots = useQuery({ queryKey: ['spots'], queryFn: backend.spots, enabled: allowed });
  const shops = useQuery({ queryKey: ['shops'], queryFn: backend.shops, enabled: allowed });
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
      {!!shops.data?.length && (
        <>
          <div>
            <h2>{t('shops.title')}</h2>
            <p>{t('shops.text')}</p>
          </div>
          <ul className="spots-grid">{shops.data.map((shop) => <ShopCard key={shop.id} shop={shop} />)}</ul>
        </>
      )}
      <ProblemNote error={shops.error} />
    </main>
  );
}

function SpotCard({ spot }: { spot: SpotPage }) {
  const { t, own } = useText();
  return (
    <CodeCard
      name={own(spot.name)} url={spot.page_url} image={`/api/recycling/spots/${encodeURIComponent(spot.spot_id)}/qr.svg`}
      open={t('spots.open')} hint={t('spots.print.call')}
    />
  );
}

function ShopCard({ shop }: { shop: ShopPage }) {
  const { t, own } = useText();
  return (
    <CodeCard
      name={own(shop.name)} url={shop.page_url} image={`/api/delivery/shops/${encodeURIComponent(shop.id)}/qr.svg`}
      open={t('shops.open')} hint={t('shops.print.call')}
    />
  );
}

interface CodeProps {
  name: string;
  url: string;
  image: string;
  open: string;
  hint: string;
}

function CodeCard({ name, url, image, open, hint }: CodeProps) {
  const { t } = useText();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    setCopied(true);
  };
  return (
    <li className="spot-card">
      <h3>{name}</h3>
      <img src={image} alt={t('spots.qrOf', { spot: name })} width={180} height={180} loading="lazy" />
      <p className="spot-call">{hint}</p>
      <span className="controls-row">
        <Button variant="default" size="xs" component="a" href={url} target="_blank" rel="noopener" aria-label={`${open}: ${name}`}>{open}</Button>
        {navigator.clipboard && (
          <Button variant="default" size="xs" leftSection={<Icon name={copied ? 'check' : 'link'} size={14} />} onClick={() => void copy()} aria-label={`${t('spots.copy')}: ${name}`}>
            {copied ? t('spots.copied') : t('spots.copy')}
          </Button>
        )}
      </span>
    </li>
  );
}
