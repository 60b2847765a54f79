import { CardForm } from '@/directory/form-drawer';
import { Button, TextInput } from '@mantine/core';
import { Dialog } from '@opora/ui/dialog';
import { useFields } from '@opora/ui/form';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Skill } from './dispatch.types';
import { useDeleteSkill, useSaveSkill } from './skills.queries';

/** A skill's name; taken away it leaves everybody who had it. */
export function SkillDialog({ skill, onClose }: { skill: Skill | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveSkill();
  const fields = useFields({ name: skill?.name ?? '' });
  const submit = () =>
    save.mutate(
      { id: skill?.id ?? null, name: fields.values.name },
      { onSuccess: onClose, onError: (error) => void fields.applyProblem(error) },
    );
  return (
    <Dialog opened onClose={onClose} title={skill ? skill.name : t('dispatch.skills.add')}>
      <CardForm
        problem={fields.errors.name ? null : save.error}
        submit={t('dispatch.save')}
        isBusy={save.isPending}
        onSubmit={submit}
        onCancel={onClose}
        extra={skill && <DeleteSkill skill={skill} onDone={onClose} />}
      >
        <TextInput label={t('dispatch.skills.name')} required maxLength={120} data-autofocus {...fields.text('name')} />
      </CardForm>
    </Dialog>
  );
}

function DeleteSkill({ skill, onDone }: { skill: Skill; onDone: () => void }) {
  const { t } = useTranslation();
  const [isAsked, ask] = useState(false);
  const remove = useDeleteSkill();
  const run = () =>
    remove.mutate(skill.id, {
      onSuccess: () => {
        notifyDone(t('dispatch.skills.deleted'));
        onDone();
      },
      onError: (error) => notifyProblem(t('ui.failed'), error),
    });
  return (
    <Button
      variant={isAsked ? 'filled' : 'subtle'}
      color="red"
      loading={remove.isPending}
      leftSection={<IconTrash size={15} />}
      onClick={() => (isAsked ? run() : ask(true))}
    >
      {isAsked ? t('dispatch.skills.deleteSure', { count: skill.people }) : t('dispatch.skills.delete')}
    </Button>
  );
}
