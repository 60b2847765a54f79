import { ActionIcon, Button, Group, Select, Stack, Text } from '@mantine/core';
import { ReferencePicker } from '@/pickers/reference-picker';
import { notifyProblem } from '@opora/ui/theme';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import dialog from './merge-dialog.module.css';
import { linksQuery, useAddLink, useRemoveLink, type LinkDirection, type LinkKind } from './merges.queries';
import { TicketLinks } from './ticket-links';
import classes from './ticket-pane.module.css';
import type { TicketView } from './tickets.types';

const WAYS: [LinkKind, LinkDirection][] = [
  ['relates', 'outward'],
  ['duplicates', 'outward'],
  ['duplicates', 'inward'],
  ['blocks', 'outward'],
  ['blocks', 'inward'],
  ['caused_by', 'outward'],
  ['caused_by', 'inward'],
];
const wayOf = ([kind, direction]: [LinkKind, LinkDirection]) => `${kind}.${direction}`;

/** How the ticket stands to others, in words, and the ways to say so. */
export function LinksPanel({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation();
  const number = String(ticket.number);
  const [isAdding, add] = useState(false);
  const { data: links = [] } = useQuery(linksQuery(number));
  const remove = useRemoveLink(number);
  const labels = [...new Set(links.map(({ label }) => label))];
  return (
    <section className={classes.section} aria-label={t('tickets.links.title')}>
      <h2 className={classes.sectionTitle}>
        {t('tickets.links.title')}
        {ticket.can.update && (
          <ActionIcon
            size={24}
            aria-label={t('tickets.links.add')}
            title={t('tickets.links.add')}
            aria-expanded={isAdding}
            onClick={() => add(!isAdding)}
          >
            <IconPlus size={15} />
          </ActionIcon>
        )}
      </h2>
      {labels.map((label) => (
        <div key={label}>
          <Text size="xs" c="dimmed">
            {label}
          </Text>
          {links
            .filter((link) => link.label === label)
            .map((link) => (
              <div key={link.id} className={dialog.line}>
                <TicketLinks tickets={[link.ticket]} />
                {ticket.can.update && (
                  <ActionIcon
                    size={24}
                    aria-label={t('tickets.links.remove', { number: link.ticket.number })}
                    onClick={() =>
                      remove.mutate(link.id, { onError: (error) => notifyProblem(t('tickets.failed'), error) })
                    }
                  >
                    <IconX size={14} />
                  </ActionIcon>
                )}
              </div>
            ))}
        </div>
      ))}
      {isAdding && <AddLink number={number} onDone={() => add(false)} />}
    </section>
  );
}

function AddLink({ number, onDone }: { number: string; onDone: () => void }) {
  const { t } = useTranslation();
  const [way, setWay] = useState(wayOf(WAYS[0]!));
  const [ticketId, setTicketId] = useState<string | null>(null);
  const link = useAddLink(number);
  const save = () => {
    const [kind, direction] = WAYS.find((each) => wayOf(each) === way)!;
    if (ticketId) link.mutate({ ticketId, kind, direction }, { onSuccess: onDone });
  };
  return (
    <Stack gap={6} mt={4}>
      <Select
        size="xs"
        aria-label={t('tickets.links.kind')}
        allowDeselect={false}
        data={WAYS.map((each) => ({ value: wayOf(each), label: t(`tickets.links.way.${wayOf(each)}`) }))}
        value={way}
        onChange={(value) => value && setWay(value)}
      />
      <ReferencePicker
        reference="ticket"
        aria-label={t('tickets.links.find')}
        placeholder={t('tickets.links.find')}
        error={link.error?.message}
        value={ticketId}
        onChange={setTicketId}
      />
      <Group gap={6} justify="flex-end">
        <Button size="compact-xs" variant="default" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
        <Button size="compact-xs" disabled={!ticketId} loading={link.isPending} onClick={save}>
          {t('tickets.links.save')}
        </Button>
      </Group>
    </Stack>
  );
}
