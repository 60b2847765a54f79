import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './deadlines.module.css';
import type { Candidate, TicketSla } from './sla.types';

/** The rule whose turn it was, why it was, and what the others lacked. */
export function PolicyMatch({ policy, candidates }: Pick<TicketSla, 'policy' | 'candidates'>) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const chosen = candidates.find(({ id }) => id === policy?.id);
  const others = candidates.filter(({ id }) => id !== policy?.id);
  return (
    <>
      {policy ? (
        <Rule name={policy.name} isMatched because={chosen?.because ?? []} />
      ) : (
        <div className={classes.clockFacts}>{t('sla.panel.noPolicy')}</div>
      )}
      {others.length > 0 && (
        <button type="button" className={classes.link} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? t('sla.panel.hideOthers') : t('sla.panel.whyNotOthers', { count: others.length })}
        </button>
      )}
      {isOpen &&
        others.map((other) => (
          <Rule
            key={other.id}
            name={other.name}
            isMatched={false}
            because={other.matched ? [t('sla.panel.laterInOrder')] : other.because}
          />
        ))}
    </>
  );
}

type RuleProps = Pick<Candidate, 'name' | 'because'> & { isMatched: boolean };

function Rule({ name, isMatched, because }: RuleProps) {
  return (
    <div>
      <div className={classes.candidate} data-matched={isMatched || undefined}>
        {isMatched ? <IconCheck size={15} aria-hidden /> : <IconMinus size={15} aria-hidden />}
        <span>{name}</span>
      </div>
      {because.length > 0 && (
        <ul className={classes.because}>
          {because.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
