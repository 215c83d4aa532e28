import { Button, NativeSelect } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import { type FormEvent } from 'react';
import type { CollectionDetail, CollectionForecast, SpotLitres } from '../api/types';
import { ProblemNote } from '../shell/Problems';
import { useText } from '../text/Text';
import { Forecast } from './Forecast';
import { type Choice, litresOf, total } from './plan';
import { SpotChoice } from './SpotChoice';

const LATEST = ['', '30', '60', '120', '240'] as const;

interface Props {
  spots: readonly SpotLitres[];
  choice: Choice;
  latest: string;
  timezone: string;
  lost: boolean;
  preview: UseMutationResult<CollectionForecast, Error, void>;
  begin: UseMutationResult<CollectionDetail, Error, void>;
  onChoice: (choice: Choice) => void;
  onLatest: (minutes: string) => void;
}

export function RoundForm({ spots, choice, latest, timezone, lost, preview, begin, onChoice, onLatest }: Props) {
  const { t } = useText();
  const chosen = spots.filter((spot) => choice.has(spot.spot_id));
  const litres = chosen.reduce((sum, spot) => sum + total(litresOf(spot, choice)), 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    preview.mutate();
  };
  return (
    <form className="round-form" onSubmit={submit} aria-label={t('rounds.new')}>
      <div>
        <h2 className="side-title">{t('rounds.new')}</h2>
        <p className="age">{t('rounds.what')}</p>
      </div>
      <fieldset>
        <legend>{t('rounds.spots')}</legend>
        <span className="controls-row">
          <Button variant="default" size="xs" onClick={() => onChoice(new Map(spots.filter((spot) => !spot.in_round).map((spot) => [spot.spot_id, choice.get(spot.spot_id) ?? null])))}>{t('rounds.all')}</Button>
          <Button variant="default" size="xs" disabled={choice.size === 0} onClick={() => onChoice(new Map())}>{t('rounds.none')}</Button>
          <span role="status">{t('rounds.chosen', { count: chosen.length, litres: Math.round(litres) })}</span>
        </span>
        <ul className="spot-choices" tabIndex={0} aria-label={t('rounds.spots')}>
          {spots.map((spot) => <SpotChoice key={spot.spot_id} spot={spot} choice={choice} onChoice={onChoice} />)}
        </ul>
      </fieldset>
      <NativeSelect
        label={t('rounds.latest')} value={latest} onChange={(event) => onLatest(event.currentTarget.value)}
        data={LATEST.map((minutes) => ({ value: minutes, label: t(`rounds.latest.${minutes}`) }))}
      />
      <ProblemNote error={preview.error ?? begin.error} />
      <Button type="submit" variant={preview.data ? 'default' : 'filled'} disabled={lost || chosen.length === 0} loading={preview.isPending}>{t('rounds.preview')}</Button>
      {preview.data && (
        <>
          <Forecast forecast={preview.data} timezone={timezone} />
          <Button disabled={lost} loading={begin.isPending} onClick={() => begin.mutate()}>{t('rounds.begin')}</Button>
        </>
      )}
    </form>
  );
}
