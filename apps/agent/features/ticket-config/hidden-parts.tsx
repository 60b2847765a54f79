import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { definitionOf, unhidden } from './process-draft';
import classes from './process-page.module.css';
import type { Process } from './processes.queries';
import { useLocal } from './use-local';
import type { DraftEdit } from './use-process-draft';

/** What a variant does without of its base, and the way back. */
export function HiddenParts({ process, draft, isManager }: { process: Process; draft: DraftEdit; isManager: boolean }) {
  const { t } = useTranslation();
  const local = useLocal();
  const { base } = process;
  if (!base) return null;
  const { hiddenStatusIds, hiddenTransitionIds } = definitionOf(process);
  const nameOf = (id: string) => {
    const status = base.statuses.find((each) => each.id === id);
    return status ? local(status.name) : '?';
  };
  const parts = [
    ...base.statuses.filter(({ id }) => hiddenStatusIds.includes(id)).map(({ id }) => ({ id, label: nameOf(id) })),
    ...base.transitions
      .filter(({ id }) => hiddenTransitionIds.includes(id))
      .map(({ id, fromId, toId }) => ({ id, label: `${nameOf(fromId)} → ${nameOf(toId)}` })),
  ];
  if (parts.length === 0) return null;
  return (
    <section className={classes.hidden}>
      <h2>{t('ticketConfig.variant.hidden')}</h2>
      <ul>
        {parts.map(({ id, label }) => (
          <li key={id}>
            {label}
            {isManager && (
              <Button
                variant="subtle"
                size="compact-xs"
                aria-label={t('ticketConfig.variant.showPart', { name: label })}
                onClick={() => draft.save((definition) => unhidden(definition, id))}
              >
                {t('ticketConfig.variant.show')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
