import type { TFunction } from 'i18next';
import { addDays } from './absence-days';
import type { Absence } from './absences.queries';

type Tone = 'covered' | 'open' | 'circle';

/** Whether somebody acts meanwhile. */
export const toneOf = ({ standIn }: Absence): Tone =>
  standIn.isCircle ? 'circle' : standIn.employee ? 'covered' : 'open';

/** «18 нояб. – 1 дек.»; a day is named in any zone alike. */
export function daysInWords({ firstDay, lastDay }: Absence, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' });
  const [from, to] = [new Date(`${firstDay}T00:00:00Z`), new Date(`${lastDay}T00:00:00Z`)];
  return firstDay === lastDay ? format.format(from) : `${format.format(from)} – ${format.format(to)}`;
}

export const reasonInWords = ({ reason }: Absence, t: TFunction): string =>
  t(`people.absences.reason.${reason ?? 'hidden'}`);

/** Who acts meanwhile. */
export function standInWords({ standIn, substitute }: Absence, t: TFunction): string {
  if (standIn.isCircle) return t('people.absences.circle');
  if (!standIn.employee) return t('people.absences.nobody');
  const isAnother = substitute && substitute.id !== standIn.employee.id;
  return t(isAnother ? 'people.absences.insteadOf' : 'people.absences.standsIn', {
    name: standIn.employee.name,
    substitute: substitute?.name,
  });
}

/** The first day he is there again. */
export const backOn = ({ lastDay }: Pick<Absence, 'lastDay'>): string => addDays(lastDay, 1);
