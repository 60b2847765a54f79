import { Badge, Button } from '@mantine/core';
import { useSpans } from '@/timing/spans';
import { useFormat } from '@opora/ui/format';
import { IconAlertTriangle, IconCar, IconCheck, IconUser } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './board.module.css';
import type { Suggestion, Suggestions } from './dispatch.types';
import { useHours } from './warning-words';

const FIRST = 6;
type Props = { found: Suggestions; onPick: (person: { id: string; name: string }) => void };

/** who should go, the nearest of those who can before; ↑ ↓ move, Enter hands over. */
export function SuggestionList({ found, onPick }: Props) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const [isWhole, showAll] = useState(false);
  const shown = isWhole ? found.data : found.data.slice(0, FIRST);
  const move = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (!by) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[Math.max(0, Math.min(buttons.length - 1, at + by))]?.focus();
  };
  return (
    <div>
      <h3 className={classes.suggestTitle}>{t('dispatch.suggest.title')}</h3>
      {found.data.length === 0 && <p className={classes.dim}>{t('dispatch.suggest.nobody')}</p>}
      <ul ref={list} className={classes.suggestions} onKeyDown={move}>
        {shown.map((person, at) => (
          <li key={person.id}>
            <button
              type="button"
              className={classes.suggestion}
              data-fit={person.isFit || undefined}
              data-autofocus={at === 0 || undefined}
              disabled={person.id === found.assigneeId}
              onClick={() => onPick({ id: person.id, name: person.name })}
            >
              <SuggestionLines person={person} isPresent={person.id === found.assigneeId} />
            </button>
          </li>
        ))}
      </ul>
      {shown.length < found.data.length && (
        <Button variant="subtle" size="xs" onClick={() => showAll(true)}>
          {t('dispatch.suggest.all', { count: found.data.length })}
        </Button>
      )}
      <p className={classes.estimate}>
        {t('dispatch.suggest.estimate', { factor: found.roadFactor, speed: found.speedKmh })}
      </p>
    </div>
  );
}

function SuggestionLines({ person, isPresent }: { person: Suggestion; isPresent: boolean }) {
  const { t } = useTranslation();
  const hours = useHours();
  const Sign = isPresent ? IconUser : person.isFit ? IconCheck : IconAlertTriangle;
  return (
    <>
      <span className={classes.suggestLine}>
        <Sign size={15} className={person.isFit ? classes.fitSign : classes.unfitSign} aria-hidden />
        <span className={classes.suggestName}>{person.name}</span>
        {isPresent && <Badge color="gray">{t('dispatch.suggest.present')}</Badge>}
        <Travel person={person} />
      </span>
      <span className={`${classes.suggestLine} ${classes.dim}`}>
        {t('dispatch.person.load', { planned: hours(person.plannedSeconds), capacity: hours(person.capacitySeconds) })}
        {' · '}
        {t('dispatch.person.open', { count: person.openCount })}
        {person.overdueCount > 0 && ` · ${t('dispatch.person.overdue', { count: person.overdueCount })}`}
        {person.skills.some(({ isMet }) => isMet) &&
          ` · ${person.skills
            .filter(({ isMet }) => isMet)
            .map(({ name, own }) => `${name} ${own}`)
            .join(', ')}`}
      </span>
      {person.reasons.length > 0 && (
        <span className={classes.reasons}>{person.reasons.map(({ message }) => message).join('; ')}</span>
      )}
    </>
  );
}

/** How long and how far: an estimate, or why there is none. */
function Travel({ person: { travelMinutes, distanceKm, isFromVisit } }: { person: Suggestion }) {
  const { t } = useTranslation();
  const spans = useSpans();
  const format = useFormat();
  if (travelMinutes === null) return <span className={classes.travel}>{t('dispatch.suggest.noWay')}</span>;
  return (
    <span
      className={classes.travel}
      title={t(isFromVisit ? 'dispatch.suggest.fromVisit' : 'dispatch.suggest.fromBase')}
    >
      <IconCar size={14} aria-hidden />
      {t('dispatch.suggest.way', { time: spans.short(travelMinutes * 60), km: format.number(distanceKm ?? 0) })}
    </span>
  );
}
