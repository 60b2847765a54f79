import { api } from '@/api';
import { Button, CloseButton, FileButton, Group, Text } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './checklists.module.css';
import type { Item, Mark } from './checklists.queries';
import { Refusal, type Given } from './result-editor';

type Props = {
  item: Item;
  mark: Mark | undefined;
  refusal: string | undefined;
  onSave: (given: Given) => void;
  onCancel: () => void;
};
type Photo = { id: string; name: string; url: string };

/** Photos of an item: taken or chosen, uploaded at once, kept together. */
export function PhotoInput({ item, mark, refusal, onSave, onCancel }: Props) {
  const { t } = useTranslation();
  const [photos, setPhotos] = useState<Photo[]>(mark?.files.map(({ id, name, url }) => ({ id, name, url })) ?? []);
  const [loading, setLoading] = useState(0);
  const [failure, setFailure] = useState<string>();
  const fewest = item.resultLimits.minFiles ?? 1;
  const upload = async (files: File[]) => {
    setFailure(undefined);
    setLoading((count) => count + files.length);
    for (const file of files) {
      try {
        const { id, name, url } = await api.upload(file);
        setPhotos((all) => [...all, { id, name, url }]);
      } catch (error) {
        setFailure(error instanceof Error ? error.message : String(error));
      }
      setLoading((count) => count - 1);
    }
  };
  const isShort = photos.length < fewest && !item.resultLimits.isOptional;
  return (
    <>
      {photos.length > 0 && (
        <span className={classes.photos}>
          {photos.map(({ id, name, url }) => (
            <span key={id} className={classes.photo}>
              <img src={url} alt={name} />
              <CloseButton
                size="xs"
                aria-label={t('checklists.result.removePhoto', { name })}
                onClick={() => setPhotos((all) => all.filter((photo) => photo.id !== id))}
              />
            </span>
          ))}
        </span>
      )}
      {isShort && (
        <Text size="xs" c="dimmed">
          {t('checklists.result.photosNeeded', { count: fewest, present: photos.length })}
        </Text>
      )}
      {(failure ?? refusal) && <Refusal text={failure ?? refusal ?? ''} />}
      <Group gap={6}>
        <FileButton multiple accept="image/*" onChange={(files) => void upload(files)}>
          {(props) => (
            <Button
              {...props}
              size="compact-xs"
              variant="default"
              loading={loading > 0}
              leftSection={<IconCamera size={14} />}
            >
              {t('checklists.result.addPhoto')}
            </Button>
          )}
        </FileButton>
        <Button
          size="compact-xs"
          disabled={isShort || loading > 0}
          onClick={() => onSave({ fileIds: photos.map(({ id }) => id) })}
        >
          {t('checklists.result.save')}
        </Button>
        <Button size="compact-xs" variant="subtle" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
      </Group>
    </>
  );
}
