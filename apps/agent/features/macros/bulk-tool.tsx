import type { TicketSelection } from '@/slots/ticket-slots';
import { Button } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { IconBolt } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

const BulkDialog = lazy(() => import('./bulk-dialog').then((dialog) => ({ default: dialog.BulkDialog })));

/** Changes the chosen tickets. */
export function BulkTool({ selection, onDone }: { selection: TicketSelection; onDone: () => void }) {
  const { t } = useTranslation();
  // What is chosen when the dialog opens: a list that moves on meanwhile does not change it.
  const [asked, ask] = useState<TicketSelection | null>(null);
  const open = () => ask(selection);
  useHotkey('KeyB', open, {
    label: t('macros.bulk.open'),
    group: t('tickets.keys.list'),
    isOn: asked === null && selection.count > 0,
  });
  return (
    <>
      <Button size="compact-sm" leftSection={<IconBolt size={14} />} disabled={selection.count === 0} onClick={open}>
        {t('macros.bulk.open')}
      </Button>
      {asked && (
        <Suspense>
          <BulkDialog
            selection={asked}
            onClose={(isStarted) => {
              ask(null);
              if (isStarted) onDone();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
