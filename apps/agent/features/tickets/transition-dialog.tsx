import { Button, Group, Modal, SegmentedControl, Stack } from '@mantine/core';
import { isEmptyHtml, RichText } from '@opora/ui/rich-text';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Audience, TicketView, Transition } from './tickets.types';

type Props = {
  ticket: TicketView;
  chosen: Transition;
  onSend: (comment: { html: string; audience: Audience[] }) => void;
  onClose: () => void;
};

/** A transition that wants a comment asks for it before it happens. */
export function TransitionDialog({ ticket, chosen, onSend, onClose }: Props) {
  const { t } = useTranslation();
  const [html, setHtml] = useState('');
  const [audience, setAudience] = useState<Audience>(ticket.can.replyClient ? 'client' : 'internal');
  const send = () => !isEmptyHtml(html) && onSend({ html, audience: [audience] });
  return (
    <Modal opened onClose={onClose} title={chosen.name} size="lg">
      <Stack gap="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('tickets.composer.mode')}
          value={audience}
          onChange={(value) => setAudience(value as Audience)}
          data={[
            { value: 'client', label: t('tickets.composer.client'), disabled: !ticket.can.replyClient },
            { value: 'internal', label: t('tickets.composer.note') },
          ]}
        />
        <RichText
          html={html}
          onChange={setHtml}
          label={t('tickets.transitionComment')}
          placeholder={t('tickets.transitionComment')}
          autoFocus
          onSubmit={send}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button onClick={send} disabled={isEmptyHtml(html)}>
            {chosen.name}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
