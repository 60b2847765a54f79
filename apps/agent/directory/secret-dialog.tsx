import { Alert, Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './directory.module.css';
import { Dialog } from '@opora/ui/dialog';

type Props = { title: string; label: string; secret: string; children?: ReactNode; onClose: () => void };

/** A password or a key that is told once: it goes away by its own button only, not by a slip of the hand. */
export function SecretDialog({ title, label, secret, children, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened
      onClose={onClose}
      title={title}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      <Stack gap="sm">
        {children}
        <div>
          <Text size="xs" c="dimmed">
            {label}
          </Text>
          <div className={classes.secretRow}>
            <code className={classes.secret} data-testid="secret">
              {secret}
            </code>
            <CopyButton value={secret}>
              {({ copied, copy }) => (
                <Button
                  variant={copied ? 'light' : 'filled'}
                  color={copied ? 'green' : undefined}
                  leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
                  onClick={copy}
                  data-autofocus
                >
                  {copied ? t('directory.copied') : t('directory.copy')}
                </Button>
              )}
            </CopyButton>
          </div>
        </div>
        <Alert
          color="yellow"
          variant="light"
          icon={<IconAlertTriangle size={18} />}
          classNames={{ message: classes.once }}
        >
          {t('directory.shownOnce')}
        </Alert>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('directory.kept')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
