import { Anchor, Text } from '@mantine/core';
import { IconFile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@opora/ui/format';
import type { ApprovalDocument, LinkApproval } from './approvals.queries';
import classes from './approvals.module.css';

type Facts = Pick<
  LinkApproval,
  'number' | 'kind' | 'amount' | 'currency' | 'initiator' | 'text' | 'documents' | 'dueAt' | 'isOverdue'
>;

/** What is to be decided: the sum first, then who asks, until when, the text and the documents. */
export function ApprovalFacts({ number, kind, amount, currency, initiator, text, documents, dueAt, isOverdue }: Facts) {
  const { t } = useTranslation();
  const format = useFormat();
  const money = useMoney();
  return (
    <section className={classes.facts} aria-label={t('approvals.facts')}>
      {amount !== null && <p className={classes.amount}>{money(amount, currency)}</p>}
      <dl className={classes.list}>
        <Fact label={t('approvals.kind')}>{`${kind.label}, ${t('approvals.number', { number })}`}</Fact>
        <Fact label={t('approvals.initiator')}>{initiator}</Fact>
        {dueAt && (
          <Fact label={t('approvals.dueAt')}>
            <span data-late={isOverdue || undefined} className={classes.due}>
              {format.dateTime(dueAt)}
              {isOverdue && ` · ${t('approvals.overdue')}`}
            </span>
          </Fact>
        )}
      </dl>
      {text && <p className={classes.text}>{text}</p>}
      <Documents documents={documents} />
    </section>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Documents({ documents }: { documents: ApprovalDocument[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!documents.length) return null;
  return (
    <ul className={classes.documents} aria-label={t('approvals.documents')}>
      {documents.map(({ kind, file }) => (
        <li key={file.id}>
          <IconFile size={18} aria-hidden />
          <Anchor href={file.url} target="_blank" rel="noopener noreferrer">
            {file.name}
          </Anchor>
          <Text component="span" size="sm" c="dimmed">
            {[kind, format.bytes(file.size)].filter(Boolean).join(' · ')}
          </Text>
        </li>
      ))}
    </ul>
  );
}

/** A sum as people write it: «1 250 000,00 ₸». */
export function useMoney(): (amount: string, currency: string) => string {
  const { i18n } = useTranslation();
  return (amount, currency) =>
    new Intl.NumberFormat(i18n.language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(
      Number(amount),
    );
}
