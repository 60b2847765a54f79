import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { MultiSelect, Select, SegmentedControl, TextInput } from '@mantine/core';
import { useFields } from '@opora/ui/form';
import { notifyDone } from '@opora/ui/theme';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Engineer, Skill } from './dispatch.types';
import { calendarsQuery, useSaveEngineer } from './skills.queries';
import { zonesQuery } from './zones.queries';
import classes from './skills.module.css';

type Props = { person: Engineer; skills: Skill[]; onClose: () => void };

/** «54.193, 37.617» as a point; null when empty, undefined when it is none. */
export function pointIn(text: string): { latitude: number; longitude: number } | null | undefined {
  if (!text.trim()) return null;
  const [latitude, longitude, ...rest] = text
    .trim()
    .split(/[\s,;]+/)
    .map(Number);
  if (latitude === undefined || longitude === undefined || rest.length) return undefined;
  const isRight = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return isRight && Number.isFinite(latitude) && Number.isFinite(longitude) ? { latitude, longitude } : undefined;
}

/** What the board knows of a person: skills, zones, from where he sets out, his hours. */
export function EngineerDrawer({ person, skills, onClose }: Props) {
  const { t } = useTranslation();
  const save = useSaveEngineer();
  const zones = useQuery(zonesQuery());
  const calendars = useQuery(calendarsQuery());
  const fields = useFields({
    skills: person.skills,
    zoneIds: person.zoneIds,
    point: person.base ? `${person.base.latitude}, ${person.base.longitude}` : '',
    address: person.base?.address ?? '',
    calendarId: person.calendarId,
  });
  const { values, errors, set } = fields;
  const point = pointIn(values.point);
  const submit = () =>
    save.mutate(
      {
        id: person.id,
        body: {
          skills: values.skills,
          zoneIds: values.zoneIds,
          base: point ? { ...point, address: values.address } : null,
          calendarId: values.calendarId,
        },
      },
      {
        onSuccess: () => {
          notifyDone(t('ui.saved'));
          onClose();
        },
        onError: (error) => void fields.applyProblem(error),
      },
    );
  const levelOf = (id: string): number => values.skills.find(({ skillId }) => skillId === id)?.level ?? 0;
  return (
    <SideDrawer title={person.name} onClose={onClose}>
      <CardForm
        problem={Object.values(errors).some(Boolean) ? null : save.error}
        submit={t('dispatch.save')}
        isBusy={save.isPending}
        isDisabled={!person.isManaged || point === undefined}
        onSubmit={submit}
        onCancel={onClose}
      >
        <div role="group" aria-label={t('dispatch.skills.title')} className={classes.levels}>
          {skills.map(({ id, name }) => (
            <div key={id} className={classes.level}>
              <span>{name}</span>
              <SegmentedControl
                size="xs"
                aria-label={name}
                disabled={!person.isManaged}
                data={['0', '1', '2', '3'].map((value) => ({ value, label: value === '0' ? '—' : value }))}
                value={String(levelOf(id))}
                onChange={(level) =>
                  set('skills', [
                    ...values.skills.filter(({ skillId }) => skillId !== id),
                    ...(level === '0' ? [] : [{ skillId: id, level: Number(level) }]),
                  ])
                }
              />
            </div>
          ))}
        </div>
        <MultiSelect
          label={t('dispatch.zones.title')}
          description={t('dispatch.person.zonesHint')}
          disabled={!person.isManaged}
          data={(zones.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          searchable
          {...fields.pick('zoneIds')}
        />
        <TextInput
          label={t('dispatch.person.base')}
          description={t('dispatch.person.baseHint')}
          placeholder="54.193, 37.617"
          disabled={!person.isManaged}
          {...fields.text('point')}
          error={point === undefined ? t('dispatch.person.baseWrong') : errors.base}
        />
        <TextInput
          label={t('dispatch.person.address')}
          maxLength={300}
          disabled={!person.isManaged}
          {...fields.text('address')}
        />
        <Select
          label={t('dispatch.person.calendar')}
          placeholder={t('dispatch.person.usual')}
          clearable
          disabled={!person.isManaged}
          data={(calendars.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          {...fields.pick('calendarId')}
        />
      </CardForm>
    </SideDrawer>
  );
}
