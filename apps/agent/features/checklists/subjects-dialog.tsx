import { ContactPicker, ObjectPicker, PersonPicker } from '@/pickers/directory-pickers';
import { Button, CloseButton, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './checklists.module.css';
import { Dialog } from '@opora/ui/dialog';

export type SubjectInput = { id?: string; refId?: string; name?: string };
type Shown = SubjectInput & { key: string; name: string };
type Props = {
  title: string;
  axis: 'people' | 'objects';
  present: { id: string; name: string }[];
  isBusy: boolean;
  onSave: (subjects: SubjectInput[]) => void;
  onClose: () => void;
};

const MOST = 50;

/** For whom or for what every item is repeated: found in the directory, or a pasted list of names. */
export function SubjectsDialog({ title, axis, present, isBusy, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const [shown, show] = useState<Shown[]>(present.map(({ id, name }) => ({ key: id, id, name })));
  const [text, setText] = useState('');
  const names = text
    .split('\n')
    .map((name) => name.trim())
    .filter(Boolean);
  const count = shown.length + names.length;
  const add = (entry: { id: string; name: string } | null) => {
    if (entry && !shown.some(({ refId }) => refId === entry.id))
      show([...shown, { key: entry.id, refId: entry.id, name: entry.name }]);
  };
  const save = () =>
    onSave([
      ...shown.map(({ id, refId, name }) => (id ? { id } : refId ? { refId } : { name })),
      ...names.map((name) => ({ name })),
    ]);
  const picker = { size: 'xs', value: null, onChange: add } as const;
  return (
    <Dialog opened onClose={onClose} title={t(`checklists.subjects.${axis}`, { title })}>
      <Stack gap="sm">
        {axis === 'people' ? (
          <Group grow align="start">
            <ContactPicker
              {...picker}
              placeholder={t('checklists.subjects.contact')}
              aria-label={t('checklists.subjects.contact')}
            />
            <PersonPicker
              {...picker}
              placeholder={t('checklists.subjects.employee')}
              aria-label={t('checklists.subjects.employee')}
            />
          </Group>
        ) : (
          <ObjectPicker
            {...picker}
            placeholder={t('checklists.subjects.object')}
            aria-label={t('checklists.subjects.object')}
          />
        )}
        {shown.length > 0 && (
          <ul className={classes.subjects}>
            {shown.map(({ key, name }) => (
              <li key={key}>
                <span className={classes.clip}>{name}</span>
                <CloseButton
                  size="sm"
                  aria-label={t('checklists.subjects.remove', { name })}
                  onClick={() => show(shown.filter((each) => each.key !== key))}
                />
              </li>
            ))}
          </ul>
        )}
        <Textarea
          autosize
          minRows={3}
          maxRows={12}
          label={t('checklists.subjects.names')}
          description={t('checklists.subjects.namesHint')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {count > MOST && (
          <Text size="xs" c="red" role="alert">
            {t('checklists.subjects.tooMany', { most: MOST })}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button loading={isBusy} disabled={count > MOST} onClick={save}>
            {t('checklists.subjects.save', { count })}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
