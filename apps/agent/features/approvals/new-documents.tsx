import { api } from '@/api';
import { Alert, Button, CloseButton, FileButton, NativeSelect } from '@mantine/core';
import type { StoredFile } from '@opora/client';
import { IconFile, IconPaperclip } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './approvals.module.css';
import { documentKindsQuery } from './start.queries';

export type NewDocument = { file: StoredFile; kindId: string | null };

/** Files of a request that is not there yet. */
export function useNewDocuments() {
  const [list, setList] = useState<NewDocument[]>([]);
  const [waiting, setWaiting] = useState(0);
  const [problem, setProblem] = useState<Error | null>(null);
  const add = async (files: File[]) => {
    setProblem(null);
    setWaiting((count) => count + files.length);
    for (const each of files) {
      try {
        const file = await api.upload(each);
        setList((all) => [...all, { file, kindId: null }]);
      } catch (error) {
        setProblem(error as Error);
      } finally {
        setWaiting((count) => count - 1);
      }
    }
  };
  const setKind = (id: string, kindId: string | null) =>
    setList((all) => all.map((each) => (each.file.id === id ? { ...each, kindId } : each)));
  const remove = (id: string) => setList((all) => all.filter(({ file }) => file.id !== id));
  return { list, isBusy: waiting > 0, problem, add, setKind, remove };
}

type Props = { documents: ReturnType<typeof useNewDocuments>; error: string | undefined };

export function NewDocuments({ documents, error }: Props) {
  const { t } = useTranslation();
  const { data: kinds = [] } = useQuery(documentKindsQuery());
  const { list, isBusy, problem, add, setKind, remove } = documents;
  return (
    <div>
      <FileButton multiple onChange={(files) => void add(files)}>
        {(props) => (
          <Button {...props} size="xs" variant="default" leftSection={<IconPaperclip size={14} />} loading={isBusy}>
            {t('approvals.attach')}
          </Button>
        )}
      </FileButton>
      <ul className={classes.documents}>
        {list.map(({ file, kindId }) => (
          <li key={file.id}>
            <IconFile size={15} aria-hidden />
            <span className={classes.clip}>{file.name}</span>
            <NativeSelect
              size="xs"
              aria-label={t('approvals.kindOf', { name: file.name })}
              value={kindId ?? ''}
              onChange={({ currentTarget }) => setKind(file.id, currentTarget.value || null)}
              data={[
                { value: '', label: t('approvals.otherDocument') },
                ...kinds.filter(({ isActive }) => isActive).map(({ id, label }) => ({ value: id, label })),
              ]}
            />
            <CloseButton
              size="sm"
              aria-label={t('approvals.removeDocument', { name: file.name })}
              onClick={() => remove(file.id)}
            />
          </li>
        ))}
      </ul>
      {(error ?? problem) && (
        <Alert color="red" role="alert">
          {error ?? problem?.message}
        </Alert>
      )}
    </div>
  );
}
