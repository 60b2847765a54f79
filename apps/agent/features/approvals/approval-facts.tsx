import { Anchor, Collapse, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useFormat } from '@opora/ui/format';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PersonName, StateMark } from './approval-words';
import type { Approval, ApprovalPerson } from './approvals.queries';
import classes from './approvals.module.css';
import { RouteWhy } from './route-why';
import { useMoney } from './use-money';

/** The sum, who asks, what for; and why it goes this way. */
export function ApprovalFacts({ approval }: { approval: Approval }) {
  const { t } = useTranslation();
  const format = useFormat();
  const money = useMoney();
  const [isOpen, { toggle }] = useDisclosure(false);
  const { amount, currency, state, kind, route, choice, text, initiator, createdAt, finishedAt, ticket, basedOn } =
    approval;
  return (
    <section className={classes.card} aria-label={t('approvals.facts')}>
      <div className={classes.headline}>
        <StateMark state={state} />
        {amount !== null && <strong className={classes.sum}>{money(amount, currency)}</strong>}
      </div>
      <dl className={classes.facts}>
        <Fact label={t('approvals.kind')}>{kind.label}</Fact>
        <Fact label={t('approvals.route')}>
          {route.label}{' '}
          <UnstyledButton className={classes.why} onClick={toggle} aria-expanded={isOpen}>
            {t('approvals.why')} <IconChevronDown size={13} aria-hidden />
          </UnstyledButton>
          <Collapse expanded={isOpen}>
            <RouteWhy choice={choice} />
          </Collapse>
        </Fact>
        <Fact label={t('approvals.initiator')}>
          <PersonName person={initiator} /> <span className={classes.dim}>{format.dateTime(createdAt)}</span>
        </Fact>
        {finishedAt && <Fact label={t('approvals.finished')}>{format.dateTime(finishedAt)}</Fact>}
        {ticket && (
          <Fact label={t('approvals.ticket')}>
            <Anchor component={Link} to={`/tickets/${ticket.number}`} size="sm">
              {`${ticket.number} ${ticket.subject}`}
            </Anchor>
          </Fact>
        )}
        {basedOn && (
          <Fact label={t('approvals.basedOn')}>
            <References of={[basedOn]} />
          </Fact>
        )}
        {approval.foundedHere.length > 0 && (
          <Fact label={t('approvals.foundedHere')}>
            <References of={approval.foundedHere} />
          </Fact>
        )}
      </dl>
      {text && <p className={classes.text}>{text}</p>}
    </section>
  );
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function References({ of }: { of: Approval['foundedHere'] }) {
  return (
    <span className={classes.references}>
      {of.map(({ id, number, title }) => (
        <Anchor key={id} component={Link} to={`/approvals/${number}`} size="sm">
          {`${number} ${title}`}
        </Anchor>
      ))}
    </span>
  );
}

/** People in a line. */
export const peopleWords = (people: ApprovalPerson[]): string => people.map(({ name }) => name).join(', ');
