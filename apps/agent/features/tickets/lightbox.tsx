import { ActionIcon, Group } from '@mantine/core';
import { IconDownload, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './lightbox.module.css';
import { Dialog } from '@opora/ui/dialog';

export type Picture = { source: string; name: string };

const CLOSEST = 5;

/** A picture as large as one needs to read a serial number: up to five times. */
export function Lightbox({ picture, onClose }: { picture: Picture | null; onClose: () => void }) {
  const { t } = useTranslation();
  const [zoom, setZoom] = useState(1);
  useEffect(() => setZoom(1), [picture]);
  const step = (by: number) => setZoom((present) => Math.min(CLOSEST, Math.max(1, present + by)));
  return (
    <Dialog opened={picture !== null} onClose={onClose} title={picture?.name ?? ''} size="90vw" padding="sm">
      <Group gap={4} mb={8} justify="flex-end">
        <ActionIcon aria-label={t('tickets.picture.smaller')} disabled={zoom <= 1} onClick={() => step(-1)}>
          <IconZoomOut size={18} />
        </ActionIcon>
        <ActionIcon aria-label={t('tickets.picture.larger')} disabled={zoom >= CLOSEST} onClick={() => step(1)}>
          <IconZoomIn size={18} />
        </ActionIcon>
        {picture && (
          <ActionIcon
            component="a"
            href={picture.source}
            download={picture.name}
            aria-label={t('tickets.picture.download')}
          >
            <IconDownload size={18} />
          </ActionIcon>
        )}
      </Group>
      <div
        className={classes.frame}
        tabIndex={0}
        role="group"
        aria-label={picture?.name}
        onWheel={(event) => event.ctrlKey && step(event.deltaY < 0 ? 1 : -1)}
      >
        {picture && (
          <img
            src={picture.source}
            alt={picture.name}
            style={{ width: zoom === 1 ? undefined : `${zoom * 100}%`, maxWidth: zoom === 1 ? '100%' : 'none' }}
          />
        )}
      </div>
    </Dialog>
  );
}
