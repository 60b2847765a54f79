import { ActionIcon, Progress } from '@mantine/core';
import { useFormat } from '@opora/ui/format';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './composer.module.css';
import type { Upload } from './use-uploads';

/** Files beside the text: progress, refusal, removal. */
export function ComposerFiles({ uploads, onRemove }: { uploads: Upload[]; onRemove: (key: number) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (uploads.length === 0) return null;
  return (
    <ul className={classes.files}>
      {uploads.map(({ key, name, size, share, file, error }) => (
        <li key={key} className={classes.file} data-failed={error !== null || undefined}>
          <span className={classes.fileName} title={error ?? name}>
            {name}
          </span>
          <span className={classes.fileSize}>{error ?? format.bytes(size)}</span>
          {!file && !error && (
            <Progress value={share * 100} size={3} w={60} aria-label={t('ui.editor.uploading', { name })} />
          )}
          <ActionIcon size={24} aria-label={t('tickets.composer.removeFile', { name })} onClick={() => onRemove(key)}>
            <IconX size={13} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}
