import type { ReactNode } from 'react';
import type { DayFigures, RobotDayFigures } from '../api/types';
import { useText } from '../text/Text';
import { shortDay } from './totals';

const percent = (share: number | null) => (share === null ? '–' : `${Math.round(share * 100)} %`);

export function DayTable({ days }: { days: DayFigures[] }) {
  const { t, language } = useText();
  const seconds = (value: number | null) => (value === null ? '–' : t('figures.seconds', { seconds: Math.round(value) }));
  if (days.length === 0) return null;
  return (
    <Table
      title={t('figures.table')}
      head={[t('figures.day'), t('figures.missions'), t('figures.served'), t('figures.arrivalMedian'), t('figures.arrival95'), t('figures.onTime'), t('figures.doneMedian'), t('figures.done95'), t('figures.reassigned'), t('figures.failed')]}
      rows={days.map((day) => [
        shortDay(day.day, language), day.missions, day.served, seconds(day.arrival_p50_s), seconds(day.arrival_p95_s), percent(day.on_time),
        seconds(day.done_p50_s), seconds(day.done_p95_s), day.reassigned, day.failed,
      ])}
    />
  );
}

export function RobotTable({ rows }: { rows: RobotDayFigures[] }) {
  const { t, own, language } = useText();
  if (rows.length === 0) return null;
  return (
    <Table
      title={t('figures.robots')}
      head={[t('figures.day'), t('figures.robot'), t('figures.served'), t('figures.distance'), t('figures.driving'), t('figures.busy'), t('figures.charge')]}
      rows={rows.map((row) => [
        shortDay(row.day, language), own(row.name), row.served, t('figures.km', { km: (row.distance_m / 1000).toFixed(2) }),
        percent(row.driving_share), percent(row.busy_share), `${row.charge_used.toFixed(1)} %`,
      ])}
    />
  );
}

function Table({ title, head, rows }: { title: string; head: string[]; rows: ReactNode[][] }) {
  return (
    <section>
      <h3>{title}</h3>
      {/* Wide on a phone: scrolled by keyboard, too. */}
      <div className="figures-scroll" role="region" aria-label={title} tabIndex={0}>
        <table className="figures-table">
          <thead><tr>{head.map((text) => <th key={text} scope="col">{text}</th>)}</tr></thead>
          <tbody>{rows.map((cells, row) => <tr key={row}>{cells.map((cell, column) => <td key={column}>{cell}</td>)}</tr>)}</tbody>
        </table>
      </div>
    </section>
  );
}
