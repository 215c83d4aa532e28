import { Button } from '@mantine/core';
import type { PaperStanding, RobotStanding } from '../api/types';
import { StateBadge } from '../panels/StateBadge';
import { dayTime } from '../text/figures';
import type { IconName } from '../text/icons';
import { type Text, useText } from '../text/Text';
import type { Edit } from './PapersPage';

const LOOK: Record<PaperStanding['state'], [IconName, string]> = {
  valid: ['check', 'green'],
  ends_soon: ['waiting', 'yellow'],
  ended: ['incident', 'red'],
  missing: ['cross', 'gray'],
};

interface Props {
  robot: RobotStanding;
  paper: PaperStanding;
  timezone: string;
  edit: Edit | null;
}

export function Paper({ robot, paper, timezone, edit }: Props) {
  const text = useText();
  const { t, own, language } = text;
  const [icon, colour] = LOOK[paper.state];
  const kind = t(`papers.${paper.kind}`);
  const entered = paper.valid_until !== null;
  return (
    <div className="paper">
      <StateBadge icon={icon} colour={colour} label={t(`papers.state.${paper.state}`)} />
      {paper.valid_until && <strong>{t('papers.until', { day: paper.valid_until })}</strong>}
      {edit && (
        <Button
          variant="default" size="xs" onClick={() => edit(robot, paper)}
          aria-label={t(entered ? 'papers.renewOf' : 'papers.enterOf', { robot: own(robot.name), paper: kind })}
        >
          {t(entered ? 'papers.renew' : 'papers.enter')}
        </Button>
      )}
      {paper.number && <span className="age">{daysOf(paper, text)} · {t('papers.number', { number: paper.number })}</span>}
      {paper.updated_at && paper.updated_by && (
        <span className="age">{t('papers.by', { by: paper.updated_by, at: dayTime(paper.updated_at, timezone, language) })}</span>
      )}
    </div>
  );
}

/** Whether a robot is sent out, and why not. */
export function Sending({ robot }: { robot: RobotStanding }) {
  const { t, own } = useText();
  return (
    <div>
      <StateBadge icon={robot.lawful ? 'check' : 'stopped'} colour={robot.lawful ? 'green' : 'red'} label={t(robot.lawful ? 'papers.lawful' : 'papers.unlawful')} />
      {robot.reason && <p className="paper-reason">{own(robot.reason)}</p>}
    </div>
  );
}

function daysOf(paper: PaperStanding, { t }: Text): string {
  const days = paper.days_left ?? 0;
  if (days < 0) return t('papers.over', { days: -days });
  return days === 0 ? t('papers.lastDay') : t('papers.left', { days });
}
