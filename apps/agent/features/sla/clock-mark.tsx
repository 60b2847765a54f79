import { useSpans } from '@/timing/spans';
import { useTicking } from '@/timing/ticker';
import { useFormat } from '@opora/ui/format';
import {
  IconAlarm,
  IconCheck,
  IconClock,
  IconClockExclamation,
  IconMinus,
  IconPlayerPause,
  IconX,
  type Icon,
} from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { lookOf, type ClockTone } from './clock';
import classes from './clock-mark.module.css';
import type { ClockView } from './sla.types';

const ICONS: Record<ClockTone, Icon> = {
  calm: IconClock,
  soon: IconAlarm,
  late: IconClockExclamation,
  paused: IconPlayerPause,
  met: IconCheck,
  missed: IconX,
  off: IconMinus,
};

type Props = { clock: ClockView; name: string; hasReason?: boolean };

/** What is left of a clock: an icon, the time in figures of one width, the colour only besides. */
export function ClockMark({ clock, name, hasReason = false }: Props) {
  const { tone, told, hint } = useClockWords(clock, name);
  const ToneIcon = ICONS[tone];
  return (
    <span className={classes.mark} data-tone={tone} title={hint}>
      <ToneIcon size={14} stroke={1.9} aria-hidden />
      <span className={classes.told} aria-label={hint} role="img">
        {told}
      </span>
      {hasReason && tone === 'paused' && clock.pauseReason && (
        <span className={classes.reason}>{clock.pauseReason}</span>
      )}
    </span>
  );
}

/** The words of a clock at the present second. */
export function useClockWords(clock: ClockView, name: string) {
  const { t } = useTranslation();
  const format = useFormat();
  const spans = useSpans();
  const look = useCallback(
    (now: number) => {
      const { tone, seconds } = lookOf(clock, now);
      // What is left of a clock that stands is working time; of one that runs, time until a moment.
      const tell = tone === 'paused' ? spans.work : spans.short;
      return `${tone}|${seconds === null ? '' : tell(seconds)}`;
    },
    [clock, spans],
  );
  const [tone, span] = useTicking(look).split('|') as [ClockTone, string];
  const reason = clock.pauseReason ?? t('sla.clock.pausedPlain');
  const at = clock.dueAt && `${format.dateTime(clock.dueAt)}`;
  const hint = t(`sla.clock.hint.${tone}`, { name, span, reason, at: at ?? '' });
  return {
    tone,
    told: toldOf(tone, span, reason, t),
    hint: clock.manualDueAt ? `${hint} ${t('sla.panel.manual', { at: format.dateTime(clock.manualDueAt) })}` : hint,
  };
}

function toldOf(tone: ClockTone, span: string, reason: string, t: (key: string) => string): string {
  if (tone === 'paused') return span || reason;
  if (tone === 'met') return t('sla.clock.met');
  if (tone === 'off') return '—';
  return span || t('sla.clock.late');
}
