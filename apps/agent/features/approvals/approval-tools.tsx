import { PersonPicker } from '@/pickers/directory-pickers';
import { CardForm } from '@/directory/form-drawer';
import { Button, CopyButton, Menu, Textarea } from '@mantine/core';
import { Dialog } from '@opora/ui/dialog';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconArrowForwardUp, IconCopy, IconDots, IconFileTypePdf, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveSheet, useHandOver, useRecall, type Approval } from './approvals.queries';

type Props = { id: string; approval: Approval };

/** The sheet, and what one may do besides deciding. */
export function ApprovalTools({ id, approval }: Props) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<'recall' | 'handOver' | null>(null);
  const [isSaving, setSaving] = useState(false);
  const { number, canRecall, canHandOver, sheetHash } = approval;
  const close = () => setDialog(null);
  const save = () => {
    setSaving(true);
    saveSheet(id, t('approvals.sheetFile', { number }))
      .catch((error: unknown) => notifyProblem(t('approvals.sheet'), error))
      .finally(() => setSaving(false));
  };
  return (
    <>
      <Button variant="default" leftSection={<IconFileTypePdf size={15} />} loading={isSaving} onClick={save}>
        {t('approvals.sheet')}
      </Button>
      {(canRecall || canHandOver || sheetHash) && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" px={8} aria-label={t('approvals.more')}>
              <IconDots size={16} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {canHandOver && (
              <Menu.Item leftSection={<IconArrowForwardUp size={15} />} onClick={() => setDialog('handOver')}>
                {t('approvals.handOver')}
              </Menu.Item>
            )}
            {sheetHash && (
              <CopyButton value={sheetHash}>
                {({ copy }) => (
                  <Menu.Item leftSection={<IconCopy size={15} />} onClick={copy}>
                    {t('approvals.copyHash')}
                  </Menu.Item>
                )}
              </CopyButton>
            )}
            {canRecall && (
              <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => setDialog('recall')}>
                {t('approvals.recall')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {dialog === 'recall' && <RecallDialog id={id} onClose={close} />}
      {dialog === 'handOver' && <HandOverDialog id={id} approval={approval} onClose={close} />}
    </>
  );
}

function RecallDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const recall = useRecall(id);
  const [reason, setReason] = useState('');
  return (
    <Dialog opened onClose={onClose} title={t('approvals.recall')}>
      <CardForm
        problem={recall.error}
        submit={t('approvals.recallSend')}
        isBusy={recall.isPending}
        onSubmit={() => recall.mutate({ reason: reason.trim() || undefined }, { onSuccess: onClose })}
        onCancel={onClose}
      >
        <Textarea
          label={t('approvals.reason')}
          data-autofocus
          autosize
          minRows={2}
          maxLength={4000}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </CardForm>
    </Dialog>
  );
}

function HandOverDialog({ id, approval, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation();
  const handOver = useHandOver(id);
  const [to, setTo] = useState<{ id: string; name: string } | null>(null);
  const [reason, setReason] = useState('');
  const stepId = approval.canDecide?.stepId ?? askedStepOf(approval);
  const send = () =>
    to &&
    handOver.mutate(
      { employeeId: to.id, stepId, reason: reason.trim() || undefined },
      {
        onSuccess: () => {
          notifyDone(t('approvals.handedOver', { name: to.name }));
          onClose();
        },
      },
    );
  return (
    <Dialog opened onClose={onClose} title={t('approvals.handOver')}>
      <CardForm
        problem={handOver.error}
        submit={t('approvals.handOver')}
        isBusy={handOver.isPending}
        isDisabled={!to}
        onSubmit={send}
        onCancel={onClose}
      >
        <PersonPicker label={t('approvals.handOverTo')} required data-autofocus value={to} onChange={setTo} />
        <Textarea
          label={t('approvals.reason')}
          autosize
          minRows={2}
          maxLength={4000}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </CardForm>
    </Dialog>
  );
}

/** Whose step is handed over by somebody who is not asked himself: the first that waits. */
const askedStepOf = ({ stages }: Approval): string | null =>
  stages.flatMap(({ steps }) => steps).find(({ state }) => state === 'asked')?.id ?? null;
