import { RemoveButton } from '@/directory/remove-button';
import { CardForm } from '@/directory/form-drawer';
import { PersonPicker } from '@/pickers/directory-pickers';
import { Button, CloseButton, ColorInput, Group, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { notifyDone } from '@opora/ui/theme';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Zone } from './dispatch.types';
import { cornersIn, linesOf, type LonLat } from './map-view';
import type { BorderDraft } from './zones-page';
import { useDeleteZone, useSaveZone } from './zones.queries';
import classes from './zones.module.css';

type Props = {
  zone: Zone | null;
  color: string;
  isOpen: boolean;
  draft: BorderDraft | null;
  onDraft: (draft: BorderDraft | null) => void;
  onClose: () => void;
};

/** A zone beside the map: its border is drawn there, or pasted here as coordinates. */
export function ZoneForm({ zone, color, isOpen, draft, onDraft, onClose }: Props) {
  const { t } = useTranslation();
  const save = useSaveZone(zone);
  const fields = useFields({
    name: zone?.name ?? '',
    color,
    districts: zone?.districts ?? [],
    engineers: zone?.engineers ?? [],
    polygon: (zone?.polygon ?? []) as unknown as LonLat[],
  });
  const { values, errors, set } = fields;
  const corners = draft?.corners ?? values.polygon;
  const submit = () =>
    save.mutate(
      {
        name: values.name,
        color: values.color,
        districts: values.districts,
        engineerIds: values.engineers.map(({ id }) => id),
        polygon: corners.length ? (corners as never) : null,
      },
      {
        onSuccess: () => {
          notifyDone(t('dispatch.zones.saved'));
          onClose();
        },
        onError: (error) => void fields.applyProblem(error),
      },
    );
  const problem = save.error && !Object.values(errors).some(Boolean) ? save.error : null;
  return (
    <>
      <Group justify="space-between">
        <h2 className={classes.sideTitle}>{zone?.name ?? t('dispatch.zones.add')}</h2>
        <CloseButton aria-label={t('ui.close')} onClick={onClose} />
      </Group>
      <CardForm
        problem={problem}
        submit={t('dispatch.save')}
        isBusy={save.isPending}
        isDisabled={!isOpen}
        onSubmit={submit}
        onCancel={onClose}
        extra={zone && isOpen && <DeleteZone zone={zone} onDone={onClose} />}
      >
        <TextInput
          label={t('dispatch.zones.name')}
          required
          maxLength={120}
          disabled={!isOpen}
          {...fields.text('name')}
        />
        <ColorInput
          label={t('dispatch.zones.color')}
          format="hex"
          disabled={!isOpen}
          eyeDropperButtonProps={{ 'aria-label': t('dispatch.zones.color') }}
          {...fields.pick('color')}
        />
        <Border
          corners={corners}
          error={errors.polygon}
          isOpen={isOpen}
          isDrawn={draft !== null}
          onDraw={(next) => onDraft({ corners: [...next], color: values.color })}
        />
        <TagsInput
          label={t('dispatch.zones.districts')}
          description={t('dispatch.zones.districtsHint')}
          disabled={!isOpen}
          maxTags={200}
          splitChars={[',', ';']}
          clearable={isOpen}
          {...fields.pick('districts')}
        />
        <PersonPicker
          key={values.engineers.length}
          label={t('dispatch.zones.engineers')}
          placeholder={t('dispatch.zones.addEngineer')}
          disabled={!isOpen}
          value={null}
          error={errors.engineerIds}
          onChange={(person) =>
            person &&
            !values.engineers.some(({ id }) => id === person.id) &&
            set('engineers', [...values.engineers, { id: person.id, name: person.name }])
          }
        />
        <ul className={classes.people}>
          {values.engineers.map(({ id, name }) => (
            <li key={id}>
              {name}
              {isOpen && (
                <CloseButton
                  size="sm"
                  aria-label={t('dispatch.zones.removeEngineer', { name })}
                  onClick={() =>
                    set(
                      'engineers',
                      values.engineers.filter((one) => one.id !== id),
                    )
                  }
                />
              )}
            </li>
          ))}
        </ul>
      </CardForm>
    </>
  );
}

type BorderProps = {
  corners: readonly LonLat[];
  error: string | undefined;
  isOpen: boolean;
  isDrawn: boolean;
  onDraw: (corners: readonly LonLat[]) => void;
};

/** Corners in words: the same that the map shows, to type or to paste. */
function Border({ corners, error, isOpen, isDrawn, onDraw }: BorderProps) {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  const found = text === null ? null : cornersIn(text);
  const wrong =
    found && 'problem' in found && found.problem !== 'nothing' ? t(`dispatch.zones.paste.${found.problem}`) : null;
  const write = (next: string) => {
    setText(next);
    const read = cornersIn(next);
    if ('corners' in read) onDraw(read.corners);
    else if (read.problem === 'nothing') onDraw([]);
  };
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="sm" fw={500}>
          {t('dispatch.zones.border', { count: corners.length })}
        </Text>
        {isOpen && !isDrawn && (
          <Button
            size="compact-xs"
            variant="light"
            leftSection={<IconPencil size={13} />}
            onClick={() => onDraw(corners)}
          >
            {t('dispatch.zones.draw')}
          </Button>
        )}
        {isDrawn && corners.length > 0 && (
          <Button size="compact-xs" variant="subtle" color="red" onClick={() => (setText(null), onDraw([]))}>
            {t('dispatch.zones.clear')}
          </Button>
        )}
      </Group>
      <Textarea
        aria-label={t('dispatch.zones.corners')}
        description={t(isDrawn ? 'dispatch.zones.drawHint' : 'dispatch.zones.cornersHint')}
        autosize
        minRows={3}
        maxRows={10}
        spellCheck={false}
        disabled={!isOpen}
        classNames={{ input: classes.corners }}
        error={wrong ?? error}
        value={wrong ? (text ?? '') : linesOf(corners)}
        onChange={(event) => write(event.currentTarget.value)}
      />
    </div>
  );
}

function DeleteZone({ zone, onDone }: { zone: Zone; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <RemoveButton
      leftSection={<IconTrash size={15} />}
      label={t('dispatch.zones.delete')}
      title={t('dispatch.zones.deleteAsk', { name: zone.name })}
      hint={t('dispatch.zones.deleteHint')}
      done={t('dispatch.zones.deleted')}
      remove={useDeleteZone(zone.id)}
      onDone={onDone}
    />
  );
}
