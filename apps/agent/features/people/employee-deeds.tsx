import { Deeds } from '@/directory/form-drawer';
import { Button } from '@mantine/core';
import { ConfirmDialog } from '@opora/ui/dialog';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconArchive, IconArrowBackUp, IconKey, IconShieldOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEmployeeDeed, type Employee, type EmployeeDeed } from './employees.queries';

type Props = { person: Employee; isMe: boolean; onIssued: (password: string) => void };

/** New password, second factor off, archive and back; each asks first. */
export function EmployeeDeeds({ person, isMe, onIssued }: Props) {
  const { t } = useTranslation();
  const [asked, ask] = useState<EmployeeDeed | null>(null);
  const deed = useEmployeeDeed(person.id);
  const run = () => {
    if (!asked) return;
    deed.mutate(asked, {
      onSuccess: (password) => {
        if (password) onIssued(password);
        else notifyDone(t(`people.deed.${asked}.done`));
      },
      onError: (error) => notifyProblem(t('ui.failed'), error),
      onSettled: () => ask(null),
    });
  };
  return (
    <Deeds>
      {person.archivedAt ? (
        <Button variant="default" leftSection={<IconArrowBackUp size={15} />} onClick={() => ask('restore')}>
          {t('people.deed.restore.name')}
        </Button>
      ) : (
        <>
          <Button variant="default" leftSection={<IconKey size={15} />} onClick={() => ask('reset-password')}>
            {t('people.deed.reset-password.name')}
          </Button>
          {person.totpEnabled && (
            <Button variant="default" leftSection={<IconShieldOff size={15} />} onClick={() => ask('reset-totp')}>
              {t('people.deed.reset-totp.name')}
            </Button>
          )}
          {!isMe && (
            <Button variant="default" leftSection={<IconArchive size={15} />} onClick={() => ask('archive')}>
              {t('people.deed.archive.name')}
            </Button>
          )}
        </>
      )}
      <ConfirmDialog
        opened={asked !== null}
        title={asked ? t(`people.deed.${asked}.ask`, { name: person.name }) : ''}
        confirm={asked ? t(`people.deed.${asked}.name`) : ''}
        isDangerous={asked === 'archive' || asked === 'reset-totp'}
        isBusy={deed.isPending}
        onConfirm={run}
        onClose={() => ask(null)}
      >
        {asked ? t(`people.deed.${asked}.hint`) : ''}
      </ConfirmDialog>
    </Deeds>
  );
}
