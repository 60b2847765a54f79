import { useTranslation } from 'react-i18next';
import classes from './absences.module.css';
import { daysInWords, reasonInWords, standInWords, toneOf } from './absence-words';
import type { Absence } from './absences.queries';

/** The same on a phone: one after the other, the soonest first. */
export function AbsenceList({ absences, onOpen }: { absences: readonly Absence[]; onOpen: (id: string) => void }) {
  const { t, i18n } = useTranslation();
  const sorted = [...absences].sort((one, other) => one.from.localeCompare(other.from));
  if (sorted.length === 0) return <p className={classes.none}>{t('people.absences.empty')}</p>;
  return (
    <ul className={classes.cards}>
      {sorted.map((absence) => (
        <li key={absence.id}>
          <button type="button" className={classes.cardRow} onClick={() => onOpen(absence.id)}>
            <b>{absence.employee.name}</b>
            <span>
              {reasonInWords(absence, t)}, {daysInWords(absence, i18n.language)}
            </span>
            <span className={classes.standIn} data-tone={toneOf(absence)}>
              {standInWords(absence, t)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
