import { TextInput } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './ticket-pane.module.css';
import { edit } from './tickets.queries';
import type { TicketView } from './tickets.types';
import type { TicketChange } from './use-change';

/** The subject; a click turns it into its own input. */
export function SubjectControl({ ticket, change }: { ticket: TicketView; change: TicketChange }) {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  // The version the person saw when starting to write: a change that came since must not be wiped out unseen.
  const [version, setVersion] = useState(ticket.version);
  const start = () => {
    setVersion(ticket.version);
    setText(ticket.subject);
  };
  useHotkey('KeyE', start, {
    label: t('tickets.keys.subject'),
    group: t('tickets.keys.ticket'),
    isOn: ticket.can.update,
  });
  if (!ticket.can.update) return <h1 className={classes.subjectText}>{ticket.subject}</h1>;
  if (text === null) {
    return (
      <h1 style={{ margin: 0 }}>
        <button type="button" className={classes.subjectText} onClick={start} title={t('tickets.keys.subject')}>
          {ticket.subject}
        </button>
      </h1>
    );
  }
  const save = () => {
    const subject = text.trim();
    setText(null);
    if (subject && subject !== ticket.subject) change.mutate(edit({ subject }, { subject }, version));
  };
  return (
    <TextInput
      size="md"
      aria-label={t('tickets.field.subject')}
      value={text}
      maxLength={300}
      autoFocus
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
        if (event.key === 'Escape') {
          event.stopPropagation();
          setText(null);
        }
      }}
    />
  );
}
