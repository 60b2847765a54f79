import {
  IconAlarm,
  IconAlertTriangle,
  IconArrowDown,
  IconBolt,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconFlame,
  IconHourglass,
  IconMinus,
  IconPlayerPlay,
  IconStairs,
  IconStar,
  IconUserQuestion,
  type Icon,
} from '@tabler/icons-react';
import classes from './marks.module.css';
import { toneOf } from './tones';
import type { PriorityLook, RowColor, StatusLook } from './tickets.types';

const CATEGORY_ICONS: Record<string, Icon> = {
  new: IconCircleDashed,
  in_work: IconPlayerPlay,
  waiting_client: IconHourglass,
  waiting_partner: IconHourglass,
  done: IconCircleCheck,
  closed: IconCircleCheck,
};
const PRIORITY_ICONS: Record<string, Icon> = {
  low: IconArrowDown,
  normal: IconMinus,
  high: IconAlertTriangle,
  critical: IconFlame,
};
const RULE_ICONS: Record<string, Icon> = {
  flame: IconFlame,
  alarm: IconAlarm,
  clock: IconClock,
  stairs: IconStairs,
  bolt: IconBolt,
  star: IconStar,
  'user-question': IconUserQuestion,
  hourglass: IconHourglass,
};

/** A status: its own sign, colour and name, so that the colour is never alone. */
export function StatusMark({ status, isBadge = false }: { status: StatusLook; isBadge?: boolean }) {
  const Sign = CATEGORY_ICONS[status.category] ?? IconCircle;
  return (
    <span className={`${isBadge ? classes.badge : classes.mark} o-tint-${toneOf(status.color)}`}>
      <Sign size={14} stroke={2} className={classes.sign} aria-hidden />
      <span className={classes.name}>{status.name}</span>
    </span>
  );
}

/** A priority: `isShort` leaves only the sign, its name becomes the hint. */
export function PriorityMark({ priority, isShort = false }: { priority: PriorityLook; isShort?: boolean }) {
  const Sign = PRIORITY_ICONS[priority.code] ?? IconMinus;
  return (
    <span
      className={`${classes.mark} o-tint-${toneOf(priority.code === 'normal' ? 'gray' : priority.color)}`}
      title={priority.name}
    >
      <Sign
        size={14}
        stroke={2}
        className={classes.sign}
        role={isShort ? 'img' : undefined}
        aria-label={isShort ? priority.name : undefined}
        aria-hidden={!isShort}
      />
      {!isShort && <span className={classes.name}>{priority.name}</span>}
    </span>
  );
}

/** Why a row is coloured: the rule's sign and words. */
export function RuleMark({ color }: { color: RowColor }) {
  const Sign = RULE_ICONS[color.icon] ?? IconAlertTriangle;
  return (
    <span className={`${classes.rule} o-tint-${color.tint}`} title={color.label}>
      <Sign size={12} stroke={2} aria-hidden />
      <span className={classes.ruleText}>{color.label}</span>
    </span>
  );
}
