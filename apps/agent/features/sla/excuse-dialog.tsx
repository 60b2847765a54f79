import { flatProblem } from '@/directory/flat-problem';
import { CardForm } from '@/directory/form-drawer';
import { CloseButton, FileButton, Button, Select, Text, Textarea } from '@mantine/core';
import { Dialog } from '@opora/ui/dialog';
import { useFields } from '@opora/ui/form';
import { useFormat } from '@opora/ui/format';
import { notifyDone } from '@opora/ui/theme';
import { IconFile, IconPaperclip } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './excuses.module.css';
import { excuseReasonsQuery, useAskExcuse } from './sla.queries';
import type { RunRef } from './sla.types';
import { useEvidence } from './use-evidence';
import { useLocal } from '@/timing/use-local';

type Props = { number: string; run: RunRef; onClose: () => void };

/** Asks that a breach is not held against us: a reason of the catalogue, words, evidence. */
export function ExcuseDialog({ number, run, onClose }: Props) {
  const { t } = useTranslation();
  const local = useLocal();
  const [problem, setProblem] = useState<Error | null>(null);
  const { data: reasons } = useQuery(excuseReasonsQuery());
  const ask = useAskExcuse(number);
  const evidence = useEvidence();
  const fields = useFields({ reasonId: null as string | null, note: '', fileIds: '' });
  const submit = () => {
    setProblem(null);
    ask.mutate(
      {
        ...run,
        reasonId: fields.values.reasonId ?? '',
        note: fields.values.note,
        fileIds: evidence.files.map(({ id }) => id),
      },
      {
        onSuccess: () => {
          notifyDone(t('sla.excuse.asked'));
          onClose();
        },
        onError: (error) => !fields.applyProblem(flatProblem(error)) && setProblem(error),
      },
    );
  };
  return (
    <Dialog opened onClose={onClose} title={t('sla.excuse.title', { metric: t(`timing.metric.${run.metric}`) })}>
      <CardForm
        problem={problem}
        submit={t('sla.excuse.send')}
        isBusy={ask.isPending}
        isDisabled={evidence.isBusy || evidence.files.length === 0}
        onSubmit={submit}
        onCancel={onClose}
      >
        <Text size="sm" c="dimmed">
          {t('sla.excuse.hint')}
        </Text>
        <Select
          label={t('sla.excuse.reason')}
          required
          data-autofocus
          data={(reasons ?? [])
            .filter(({ archivedAt }) => !archivedAt)
            .map(({ id, name }) => ({ value: id, label: local(name) }))}
          {...fields.pick('reasonId')}
        />
        <Textarea
          label={t('sla.excuse.note')}
          required
          autosize
          minRows={3}
          maxLength={4000}
          {...fields.text('note')}
        />
        <Evidence evidence={evidence} error={fields.errors.fileIds} />
      </CardForm>
    </Dialog>
  );
}

type EvidenceProps = { evidence: ReturnType<typeof useEvidence>; error: string | undefined };

function Evidence({ evidence, error }: EvidenceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div>
      <FileButton multiple onChange={(files) => void evidence.add(files)}>
        {(props) => (
          <Button variant="default" leftSection={<IconPaperclip size={15} />} loading={evidence.isBusy} {...props}>
            {t('sla.excuse.evidence')}
          </Button>
        )}
      </FileButton>
      <ul className={classes.files}>
        {evidence.files.map((file) => (
          <li key={file.id}>
            <IconFile size={15} aria-hidden />
            <span className={classes.fileName}>{file.name}</span>
            <span className={classes.dim}>{format.bytes(file.size)}</span>
            <CloseButton
              size="sm"
              aria-label={t('sla.excuse.dropFile', { name: file.name })}
              onClick={() => evidence.remove(file.id)}
            />
          </li>
        ))}
      </ul>
      {(error ?? evidence.problem) && (
        <Text size="xs" c="red" role="alert">
          {error ?? evidence.problem?.message}
        </Text>
      )}
    </div>
  );
}
