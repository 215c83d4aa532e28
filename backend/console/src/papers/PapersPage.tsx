import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { backend } from '../api/backend';
import type { Account, PaperStanding, RobotStanding } from '../api/types';
import { ProblemNote } from '../shell/Problems';
import { useText } from '../text/Text';
import { Paper, Sending } from './Paper';
import { PaperForm } from './PaperForm';
import { byUrgency, sumsOf, type Sums } from './sums';

const PHONE = '(max-width: 820px)';
const REFRESH_MS = 60_000;
const SHOWN: (keyof Sums)[] = ['unlawful', 'ended', 'ends_soon', 'missing'];

export type Edit = (robot: RobotStanding, paper: PaperStanding) => void;

/** What the law asks each robot to have, what ends soon, and who is not sent out. */
export function PapersPage({ account, timezone }: { account: Account; timezone: string }) {
  const { t } = useText();
  const phone = useMediaQuery(PHONE, window.matchMedia(PHONE).matches, { getInitialValueInEffect: false });
  const [editing, setEditing] = useState<{ robot: RobotStanding; paper: PaperStanding } | null>(null);
  const standing = useQuery({ queryKey: ['papers'], queryFn: backend.standing, refetchInterval: REFRESH_MS, refetchOnMount: 'always' });
  const robots = byUrgency(standing.data ?? []);
  const required = robots.some((robot) => robot.papers.some((paper) => paper.required));
  const edit: Edit | null = account.role === 'admin' ? (robot, paper) => setEditing({ robot, paper }) : null;
  return (
    <main className="spots">
      <div className="spots-head">
        <div>
          <h2>{t('papers.title')}</h2>
          <p>{t('papers.text')}</p>
          {standing.data && <p>{t(required ? 'papers.required' : 'papers.notRequired')}</p>}
          {!edit && <p>{t('papers.adminsOnly')}</p>}
        </div>
      </div>
      <ProblemNote error={standing.error} />
      {standing.data && <SumCards sums={sumsOf(robots)} />}
      {standing.data && (phone ? <Cards robots={robots} timezone={timezone} edit={edit} /> : <Table robots={robots} timezone={timezone} edit={edit} />)}
      {editing && <PaperForm {...editing} timezone={timezone} onClose={() => setEditing(null)} onSaved={() => void standing.refetch()} />}
    </main>
  );
}

function SumCards({ sums }: { sums: Sums }) {
  const { t } = useText();
  return (
    <dl className="figures-cards">
      {SHOWN.map((sum) => <div key={sum} className="figures-card"><dt>{t(`papers.sum.${sum}`)}</dt><dd>{sums[sum]}</dd></div>)}
    </dl>
  );
}

interface ListProps {
  robots: RobotStanding[];
  timezone: string;
  edit: Edit | null;
}

function Table({ robots, timezone, edit }: ListProps) {
  const { t, own } = useText();
  return (
    <table className="papers-table">
      <thead>
        <tr><th scope="col">{t('papers.robot')}</th><th scope="col">{t('papers.out')}</th><th scope="col">{t('papers.insurance')}</th><th scope="col">{t('papers.certificate')}</th></tr>
      </thead>
      <tbody>
        {robots.map((robot) => (
          <tr key={robot.robot_id}>
            <th scope="row" className="papers-name">{own(robot.name)}</th>
            <td><Sending robot={robot} /></td>
            {robot.papers.map((paper) => <td key={paper.kind}><Paper robot={robot} paper={paper} timezone={timezone} edit={edit} /></td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cards({ robots, timezone, edit }: ListProps) {
  const { t, own } = useText();
  return (
    <ul className="papers-cards">
      {robots.map((robot) => (
        <li key={robot.robot_id} className="card">
          <h3>{own(robot.name)}</h3>
          <Sending robot={robot} />
          <dl>
            {robot.papers.map((paper) => (
              <div key={paper.kind}><dt>{t(`papers.${paper.kind}`)}</dt><dd><Paper robot={robot} paper={paper} timezone={timezone} edit={edit} /></dd></div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
