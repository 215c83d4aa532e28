import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { backend } from '../api/backend';
import type { Cold, Weather } from '../api/types';
import { ProblemNote } from '../shell/Problems';
import { useLive } from '../stream/store';
import { dayTime } from '../text/figures';
import { Icon } from '../text/Icon';
import { useText } from '../text/Text';
import { capacityAt, celsiusOf, usable } from './cold';
import { WeatherForm } from './WeatherForm';

// Plots are heavy; the form must not wait for them.
const ColdPlot = lazy(() => import('./ColdPlot'));
const REFRESH_MS = 30_000;

export function WeatherPage({ operates, timezone }: { operates: boolean; timezone: string }) {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const weather = useQuery({ queryKey: ['weather'], queryFn: backend.weather, refetchInterval: REFRESH_MS, refetchOnMount: 'always' });
  const cold = useQuery({ queryKey: ['cold'], queryFn: backend.cold, staleTime: Infinity });
  const shown = celsiusOf(typed) ?? weather.data?.temperature_c ?? null;
  return (
    <main className="spots">
      <div className="spots-head">
        <div>
          <h2>{t('weather.title')}</h2>
          <p>{t('weather.text')}</p>
        </div>
      </div>
      <ProblemNote error={weather.error ?? cold.error} />
      {weather.isSuccess && <Now weather={weather.data} timezone={timezone} />}
      <div className="weather-row">
        {operates ? <WeatherForm typed={typed} onType={setTyped} cold={cold.data} onSaid={() => void weather.refetch()} /> : <p>{t('weather.operatorsOnly')}</p>}
        {cold.data && (
          <section aria-label={t('weather.curve')}>
            <h3>{t('weather.curve')}</h3>
            <div className="weather-plot" aria-hidden="true">
              <Suspense fallback={null}><ColdPlot cold={cold.data} celsius={shown} /></Suspense>
            </div>
            <p className="age">{t('weather.curve.note')}</p>
          </section>
        )}
      </div>
      {cold.data && <Robots cold={cold.data} celsius={shown} />}
    </main>
  );
}

function Now({ weather, timezone }: { weather: Weather | null; timezone: string }) {
  const { t, language } = useText();
  if (!weather) {
    return <p className="manage-note"><Icon name="weather" size={18} /><span><strong>{t('weather.now')}: {t('weather.unknown')}.</strong> {t('weather.unknown.text')}</span></p>;
  }
  return (
    <dl className="figures-cards">
      <div className="figures-card"><dt>{t('weather.now')}</dt><dd>{weather.temperature_c} °C</dd></div>
      <div className="figures-card"><dt>{t('weather.capacity')}</dt><dd>{Math.round(weather.capacity * 100)}%</dd></div>
      <div className="figures-card"><dt>{t('weather.since')}</dt><dd className="weather-when">{t('weather.by', { at: dayTime(weather.said_at, timezone, language), by: weather.said_by })}</dd></div>
      <div className="figures-card"><dt>{t('weather.holds')}</dt><dd className="weather-when">{dayTime(weather.holds_until, timezone, language)}</dd></div>
    </dl>
  );
}

/** Each robot's charge now, and how far it takes it, against a warm day. */
function Robots({ cold, celsius }: { cold: Cold; celsius: number | null }) {
  const { t, own } = useText();
  const { fleet } = useLive();
  const known = Object.values(fleet.robots).flatMap((robot) => (robot.state_of_charge === null ? [] : [{ robot, charge: robot.state_of_charge }]));
  if (known.length === 0) return null;
  const capacity = celsius === null ? 1 : capacityAt(cold, celsius);
  return (
    <section>
      <h3>{t('weather.robots')}{celsius !== null && ` · ${celsius} °C`}</h3>
      <p className="age">{t('weather.robots.text', { reserve: cold.reserve_percent })}</p>
      <div className="figures-scroll" role="region" aria-label={t('weather.robots')} tabIndex={0}>
        <table className="figures-table">
          <thead><tr><th scope="col">{t('weather.robot')}</th><th scope="col">{t('weather.charge')}</th><th scope="col">{t('weather.usable')}</th><th scope="col">{t('weather.shorter')}</th></tr></thead>
          <tbody>
            {known.map(({ robot, charge }) => {
              const { percent, ofWarm } = usable(charge, capacity, cold.reserve_percent);
              return (
                <tr key={robot.robot_id}>
                  <td>{own(robot.name)}</td><td>{Math.round(charge)}%</td><td>{Math.round(percent)}%</td><td>{ofWarm === null ? '–' : `${Math.round(ofWarm * 100)}%`}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
