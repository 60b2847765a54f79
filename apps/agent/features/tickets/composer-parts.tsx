import { Button, Group, Menu, SegmentedControl } from '@mantine/core';
import { IconChevronDown, IconLock, IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './composer.module.css';
import type { Audience, TicketView } from './tickets.types';

/** Answer or note: each with its own sign, never by colour alone. */
export function ModeSwitch({
  audience,
  can,
  onChange,
}: {
  audience: Audience;
  can: TicketView['can'];
  onChange: (audience: Audience) => void;
}) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('tickets.composer.mode')}
      value={audience}
      onChange={(value) => onChange(value as Audience)}
      data={[
        {
          value: 'client',
          disabled: !can.replyClient,
          label: <Label Icon={IconSend} text={t('tickets.composer.client')} />,
        },
        {
          value: 'internal',
          disabled: !can.commentInternal,
          label: <Label Icon={IconLock} text={t('tickets.composer.note')} />,
        },
      ]}
    />
  );
}

function Label({ Icon, text }: { Icon: typeof IconSend; text: string }) {
  return (
    <span className={classes.modeLabel}>
      <Icon size={13} aria-hidden />
      {text}
    </span>
  );
}

type SendProps = {
  audience: Audience;
  recipients: number;
  ticket: TicketView;
  isDisabled: boolean;
  isBusy: boolean;
  onSend: (transitionId?: string) => void;
};

/** The button says what will happen and to how many; beside it, the same together with a move of the ticket. */
export function SendButtons({ audience, recipients, ticket, isDisabled, isBusy, onSend }: SendProps) {
  const { t } = useTranslation();
  const isForClient = audience === 'client';
  const text = isForClient ? t('tickets.composer.send', { count: recipients }) : t('tickets.composer.saveNote');
  const Sign = isForClient ? IconSend : IconLock;
  const open = ticket.transitions.filter(({ blockedBy, requiresComment }) => blockedBy.length === 0 || requiresComment);
  return (
    <Group gap={1} wrap="nowrap" miw={0}>
      <Button
        className={classes.send}
        data-audience={audience}
        leftSection={<Sign size={15} />}
        disabled={isDisabled}
        loading={isBusy}
        onClick={() => onSend()}
        data-joined={open.length > 0 || undefined}
      >
        {text}
      </Button>
      {open.length > 0 && (
        <Menu position="top-end">
          <Menu.Target>
            <Button
              className={classes.send}
              data-audience={audience}
              data-more
              px={6}
              disabled={isDisabled || isBusy}
              aria-label={t('tickets.composer.sendAnd')}
            >
              <IconChevronDown size={15} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t('tickets.composer.sendAnd')}</Menu.Label>
            {open.map(({ id, name }) => (
              <Menu.Item key={id} onClick={() => onSend(id)}>
                {name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  );
}
