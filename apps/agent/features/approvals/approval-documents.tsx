import { ActionIcon, Alert, Anchor, Button, FileButton, Group, NativeSelect } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { IconFile, IconPaperclip, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddDocument, useRemoveDocument, type Approval } from './approvals.queries';
import classes from './approvals.module.css';

/** The documents of a request, each with its kind and its sum; what is still demanded is offered first. */
export function ApprovalDocuments({ id, approval }: { id: string; approval: Approval }) {
  const { t } = useTranslation();
  const format = useFormat();
  const remove = useRemoveDocument(id);
  const { documents, canAddDocuments } = approval;
  return (
    <section className={classes.card} aria-label={t('approvals.documents')}>
      <strong>{t('approvals.documents')}</strong>
      {documents.length === 0 && <p className={classes.dim}>{t('approvals.noDocuments')}</p>}
      <ul className={classes.documents}>
        {documents.map(({ id: documentId, kind, file, addedBy, addedAt, sha256, canRemove }) => (
          <li key={documentId}>
            <IconFile size={15} aria-hidden />
            <span>
              <Anchor
                href={file.url}
                target="_blank"
                rel="noreferrer"
                size="sm"
                title={t('approvals.sha', { sum: sha256 })}
              >
                {file.name}
              </Anchor>{' '}
              <span className={classes.dim}>
                {[kind?.label, format.bytes(file.size), addedBy?.name, format.dateTime(addedAt)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            {canRemove && (
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t('approvals.removeDocument', { name: file.name })}
                loading={remove.isPending && remove.variables === documentId}
                onClick={() => remove.mutate(documentId)}
              >
                <IconTrash size={14} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {remove.error && (
        <Alert color="red" role="alert" my="xs">
          {remove.error.message}
        </Alert>
      )}
      {canAddDocuments && <AddDocument id={id} approval={approval} />}
    </section>
  );
}

function AddDocument({ id, approval }: { id: string; approval: Approval }) {
  const { t } = useTranslation();
  const add = useAddDocument(id);
  const demanded = [
    ...new Map(
      approval.stages.flatMap(({ documents }) => documents).map((demand) => [demand.kind.id, demand]),
    ).values(),
  ];
  const [kindId, setKindId] = useState(demanded.find(({ isGiven }) => !isGiven)?.kind.id ?? '');
  return (
    <>
      <Group gap="xs" mt="xs">
        {demanded.length > 0 && (
          <NativeSelect
            size="xs"
            aria-label={t('approvals.documentKind')}
            value={kindId}
            onChange={({ currentTarget }) => setKindId(currentTarget.value)}
            data={[
              ...demanded.map(({ kind }) => ({ value: kind.id, label: kind.label })),
              { value: '', label: t('approvals.otherDocument') },
            ]}
          />
        )}
        <FileButton onChange={(file) => file && add.mutate({ file, kindId: kindId || null })}>
          {(props) => (
            <Button
              {...props}
              size="xs"
              variant="default"
              leftSection={<IconPaperclip size={14} />}
              loading={add.isPending}
            >
              {t('approvals.attach')}
            </Button>
          )}
        </FileButton>
      </Group>
      {add.error && (
        <Alert color="red" role="alert" mt="xs">
          {add.error.message}
        </Alert>
      )}
    </>
  );
}
