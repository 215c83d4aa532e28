import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { backend } from '../api/backend';
import type { Cold } from '../api/types';
import { ProblemNote } from '../shell/Problems';
import { useText } from '../text/Text';
import { capacityAt, celsiusOf } from './cold';

interface Props {
  typed: string;
  onType: (text: string) => void;
  cold: Cold | undefined;
  onSaid: () => void;
}

export function WeatherForm({ typed, onType, cold, onSaid }: Props) {
  const { t } = useText();
  const [tried, setTried] = useState(false);
  const celsius = celsiusOf(typed);
  const say = useMutation({
    mutationFn: (degrees: number) => backend.sayWeather(degrees),
    onSuccess: () => {
      onType('');
      setTried(false);
      onSaid();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (celsius !== null) say.mutate(celsius);
  };
  return (
    <form className="weather-form" onSubmit={submit} noValidate>
      <h3>{t('weather.say')}</h3>
      {/* Phones' number keys lack a minus where `inputMode` is numeric. */}
      <TextInput
        label={t('weather.celsius')} description={t('weather.hint')} value={typed} size="md" autoComplete="off" maxLength={8}
        onChange={(event) => onType(event.currentTarget.value)} error={(tried || typed.length > 3) && celsius === null ? t('weather.wrong') : null}
      />
      <div role="status">
        {celsius !== null && cold && <p>{t('weather.means', { celsius, percent: Math.round(capacityAt(cold, celsius) * 100) })}</p>}
        {say.isSuccess && typed === '' && <p className="manage-note manage-good">{t('weather.done')}</p>}
      </div>
      <ProblemNote error={say.error} />
      <Button type="submit" loading={say.isPending}>{t('weather.set')}</Button>
    </form>
  );
}
