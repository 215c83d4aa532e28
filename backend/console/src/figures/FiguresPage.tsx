import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { backend } from '../api/backend';
import type { MissionKind, ServiceFigures } from '../api/types';
import { ProblemNote } from '../shell/Problems';
import { useText } from '../text/Text';
import { EndingPlot, TimePlot } from './Plots';
import { DayTable, RobotTable } from './Tables';
import { totals } from './totals';

const PERIODS = [7, 14, 30, 90];
const KINDS: MissionKind[] = ['collect', 'deliver', 'round', 'patrol', 'unload', 'charge'];
const REFRESH_MS = 30_000;

export default function FiguresPage() {
  const { t } = useText();
  const [days, setDays] = useState(14);
  const [kind, setKind] = useState<MissionKind>('collect');
  const figures = useQuery({ queryKey: ['figures', days, kind], queryFn: () => backend.figures(days, kind), refetchInterval: REFRESH_MS });
  return (
    <main className="spots">
      <div className="spots-head">
        <div>
          <h2>{t('figures.title')}</h2>
          <p>{t('figures.text')}</p>
        </div>
        <div className="controls-row">
          <NativeSelect
            label={t('figures.kind')} value={kind} onChange={(event) => setKind(event.currentTarget.value as MissionKind)}
            data={KINDS.map((each) => ({ value: each, label: t(`mission.${each}`) }))}
          />
          <NativeSelect
            label={t('figures.days')} value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}
            data={PERIODS.map((period) => ({ value: String(period), label: t('figures.lastDays', { days: period }) }))}
          />
          <Button variant="default" component="a" href={`/api/fleet/figures.csv?days=${days}&kind=${kind}`} download>{t('figures.csv')}</Button>
        </div>
      </div>
      <ProblemNote error={figures.error} />
      {figures.data && <Shown figures={figures.data} />}
    </main>
  );
}

function Shown({ figures }: { figures: ServiceFigures }) {
  const { t, own } = useText();
  const sums = totals(figures.days);
  const causes = figures.days.flatMap((day) => day.causes);
  return (
    <>
      {figures.speed_factor !== 1 && <p>{t('figures.simulated', { factor: figures.speed_factor })}</p>}
      <dl className="figures-cards">
        <Card label={t('figures.missions')} value={sums.missions} />
        <Card label={t('figures.served')} value={sums.served} />
        {figures.target_s !== null && (
          <Card label={t('figures.onTime')} value={sums.onTime === null ? '–' : `${Math.round(sums.onTime * 100)} %`} />
        )}
        <Card label={t('figures.reassigned')} value={sums.reassigned} />
        <Card label={t('figures.failed')} value={sums.failed} />
      </dl>
      {sums.missions === 0 ? <p>{t('figures.none')}</p> : (
        <div className="figures-plots">
          {(['arrival', 'done'] as const).map((until) => (
            <section key={until} aria-label={t(`figures.${until}`)}>
              <h3>{t(`figures.${until}`)}</h3>
              <div className="figures-plot" aria-hidden="true"><TimePlot figures={figures} until={until} /></div>
            </section>
          ))}
          <section aria-label={t('figures.endings')}>
            <h3>{t('figures.endings')}</h3>
            <div className="figures-plot" aria-hidden="true"><EndingPlot figures={figures} /></div>
          </section>
        </div>
      )}
      <DayTable days={figures.days.filter((day) => day.missions > 0)} />
      <section>
        <h3>{t('figures.causes')}</h3>
        {causes.length === 0 ? <p>{t('figures.noCauses')}</p> : (
          <ul>{causes.map((cause, index) => <li key={index}>{own(cause.text)} · {t('figures.times', { count: cause.count })}</li>)}</ul>
        )}
      </section>
      <RobotTable rows={figures.robots} />
    </>
  );
}

function Card({ label, value }: { label: string; value: string | number }) {
  return <div className="figures-card"><dt>{label}</dt><dd>{value}</dd></div>;
}
