import { ActionIcon, Popover, Tooltip } from '@mantine/core';
import { useFocusBack } from '@opora/ui/dialog';
import { useHotkey } from '@opora/ui/hotkeys';
import { IconClockPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { QuickEntry } from './quick-entry';

/** W on a ticket: one line for the time and the comment, wherever the panel is. */
export function QuickLog({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation();
  const [isOpen, open] = useState(false);
  useFocusBack(isOpen);
  // The next key is the first of the time: the field must be there before it.
  const openAtOnce = () => flushSync(() => open(true));
  useHotkey('KeyW', openAtOnce, { label: t('worklogs.keys.quick'), group: t('worklogs.keys.group') });
  return (
    <Popover
      opened={isOpen}
      onChange={open}
      position="bottom-start"
      width={280}
      withinPortal={false}
      transitionProps={{ duration: 0 }}
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <Tooltip label={t('worklogs.keys.quick')}>
          <ActionIcon aria-label={t('worklogs.keys.quick')} aria-expanded={isOpen} onClick={() => open(!isOpen)}>
            <IconClockPlus size={17} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        <QuickEntry ticketId={ticketId} isFocused onDone={() => open(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
