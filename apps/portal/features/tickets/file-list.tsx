import { IconDownload, IconFile } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@opora/ui/format';
import type { TicketFile } from './tickets.queries';
import classes from './file-list.module.css';

/** Files of a message: pictures as thumbnails, the rest as links. */
export function FileList({ files }: { files: TicketFile[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (files.length === 0) return null;
  return (
    <ul className={classes.files} aria-label={t('tickets.files')}>
      {files.map(({ id, name, mime, size, url }) => (
        <li key={id}>
          <a
            className={classes.file}
            href={url}
            target="_blank"
            rel="noopener noreferrer"
            data-picture={isPicture(mime) || undefined}
          >
            {isPicture(mime) ? <Picture url={url} name={name} /> : <IconFile size={18} aria-hidden />}
            <span className={classes.name}>{name}</span>
            <span className={classes.size}>{format.bytes(size)}</span>
            <IconDownload size={16} aria-hidden />
          </a>
        </li>
      ))}
    </ul>
  );
}

const isPicture = (mime: string) => ['image/png', 'image/jpeg', 'image/gif', 'image/webp'].includes(mime);

// Links to files live for minutes and are renewed; a picture that has been fetched is not fetched again for that.
function Picture({ url, name }: { url: string; name: string }) {
  const { t } = useTranslation();
  const [source] = useState(url);
  return <img src={source} alt={t('tickets.imageAlt', { name })} loading="lazy" />;
}
