import { Badge } from '@mantine/core';
import type { Activity } from '../api/types';
import { Icon } from '../text/Icon';
import type { IconName } from '../text/icons';
import { useText } from '../text/Text';

const ACTIVITY_COLOUR: Record<Activity, string> = {
  idle: 'gray',
  driving: 'blue',
  serving: 'teal',
  charging: 'green',
  waiting: 'yellow',
  paused: 'grape',
  stopped: 'red',
  offline: 'dark',
  manual: 'violet',
};

export function ActivityBadge({ activity }: { activity: Activity }) {
  const { t } = useText();
  return <StateBadge icon={activity} colour={ACTIVITY_COLOUR[activity]} label={t(`activity.${activity}`)} />;
}

const STATE_LOOK: Record<string, [IconName, string]> = {
  queued: ['waiting', 'yellow'],
  assigned: ['driving', 'blue'],
  active: ['driving', 'blue'],
  arrived: ['serving', 'teal'],
  served: ['check', 'green'],
  finished: ['check', 'green'],
  due: ['waiting', 'yellow'],
  under_way: ['patrol', 'blue'],
  done: ['check', 'green'],
  missed: ['incident', 'red'],
  canceled: ['cross', 'gray'],
  failed: ['incident', 'red'],
  waiting: ['waiting', 'yellow'],
  left_out: ['cross', 'gray'],
};

/** State of a mission, a call or a round; `group`: where its words are. */
export function LifeBadge({ state, group = 'state' }: { state: string; group?: string }) {
  const { word } = useText();
  const [icon, colour] = STATE_LOOK[state] ?? ['idle', 'gray'];
  return <StateBadge icon={icon} colour={colour} label={word(group, state)} />;
}

export function StateBadge({ icon, colour, label }: { icon: IconName; colour: string; label: string }) {
  return (
    <Badge className={`state state-${colour}`} size="lg" tt="none" leftSection={<Icon name={icon} size={14} />}>
      {label}
    </Badge>
  );
}
