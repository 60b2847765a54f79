import { useFormat } from '@opora/ui/format';
import { IconFile, IconFileTypePdf, IconFileZip, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './conversation.module.css';
import type { Picture } from './lightbox';
import type { Attachment } from './tickets.types';

const PICTURES = /^image\/(png|jpe?g|gif|webp|avif)$/;

/** Files as thumbnails and chips. */
export function FileList({ files, onPicture }: { files: Attachment[]; onPicture: (picture: Picture) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (files.length === 0) return null;
  return (
    <div className={classes.files}>
      {files.map((file) =>
        PICTURES.test(file.mime) ? (
          <button
            key={file.id}
            type="button"
            className={classes.thumb}
            title={file.caption ?? file.name}
            onClick={() => onPicture({ source: file.url, name: file.name })}
          >
            <img src={file.url} alt={file.caption ?? file.name} loading="lazy" />
          </button>
        ) : (
          <a
            key={file.id}
            href={`${file.url}?download=true`}
            className={classes.file}
            download={file.name}
            title={file.caption ?? file.name}
          >
            <FileIcon mime={file.mime} />
            <span className={classes.fileName}>{file.name}</span>
            <span className={classes.fileSize}>{format.bytes(file.size)}</span>
            {!file.audience.includes('client') && <IconLock size={12} aria-label={t('tickets.conversation.note')} />}
          </a>
        ),
      )}
    </div>
  );
}

function FileIcon({ mime }: { mime: string }) {
  if (mime === 'application/pdf') return <IconFileTypePdf size={18} aria-hidden />;
  return /zip|rar|7z|tar/.test(mime) ? <IconFileZip size={18} aria-hidden /> : <IconFile size={18} aria-hidden />;
}
