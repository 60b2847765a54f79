import { ObjectPicker, PersonPicker, TeamPicker } from '@/pickers/directory-pickers';
import { SideDrawer } from '@/directory/form-drawer';
import { TimeZoneSelect } from '@/directory/time-zone-select';
import { Badge, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { ErrorState, Loading } from '@opora/ui/page';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconArchive, IconArrowBackUp, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CustomFacts } from './custom-facts';
import classes from './clients.module.css';
import { ExternalIds } from './external-ids';
import { Fact, TextFact } from './facts';
import factClasses from './facts.module.css';
import { ObjectForm } from './object-form';
import treeClasses from './object-tree.module.css';
import {
  OBJECT_KINDS,
  objectQuery,
  patchObject,
  useArchiveObject,
  useMoveObject,
  type ObjectKind,
  type ObjectPatch,
  type ServiceObject,
} from './objects.queries';
import { useRecord } from './use-record';

type DrawerProps = { id: string; onOpen: (id: string) => void; onClose: () => void };

/** A service object: its own values, and what holds for it with where that comes from. */
export function ObjectDrawer({ id, onOpen, onClose }: DrawerProps) {
  const { t } = useTranslation();
  const { data: object, error, isPending, refetch } = useQuery(objectQuery(id));
  return (
    <SideDrawer title={object?.name ?? t('clients.objects.one')} onClose={onClose} size={500}>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading lines={8} />}
      {object && (
        <Stack gap="md">
          <Text size="xs" c="dimmed">
            {[object.company.name, ...object.ancestors.map(({ name }) => name)].join(' › ')}
          </Text>
          {object.archivedAt && <Badge color="gray">{t('clients.archived')}</Badge>}
          <Effective object={object} />
          <OwnFacts object={object} />
          {object.can.manage && <ObjectDeeds object={object} onOpen={onOpen} />}
        </Stack>
      )}
    </SideDrawer>
  );
}

/** What is inherited says from where: from an object above, or from the company. */
function Effective({ object: { id, effective } }: { object: ServiceObject }) {
  const { t } = useTranslation();
  const rows = [
    {
      field: 'responsible',
      value:
        effective.responsible &&
        [effective.responsible.value.employee?.name, effective.responsible.value.team?.name].filter(Boolean).join(', '),
      from: effective.responsible?.from,
    },
    { field: 'address', value: effective.address?.value, from: effective.address?.from },
    { field: 'timeZone', value: effective.timeZone?.value, from: effective.timeZone?.from },
  ];
  return (
    <dl className={`${factClasses.facts} ${treeClasses.effective}`} aria-label={t('clients.objects.effective')}>
      {rows.map(({ field, value, from }) => (
        <Fact key={field} label={t(`clients.field.${field}`)}>
          {value || <span className={classes.dim}>{t('clients.none')}</span>}
          {from && from.id !== id && (
            <div className={treeClasses.from}>
              {t(from.kind === 'company' ? 'clients.objects.fromCompany' : 'clients.objects.fromObject', {
                name: from.name,
              })}
            </div>
          )}
        </Fact>
      ))}
    </dl>
  );
}

function wordsOf(object: ServiceObject, field: string): string {
  if (field === 'responsibleEmployeeId') return object.responsible.employee?.name ?? '';
  if (field === 'responsibleTeamId') return object.responsible.team?.name ?? '';
  const value = (object as unknown as Record<string, unknown>)[field];
  if (value !== null && typeof value === 'object')
    return Object.entries(value)
      .map((pair) => pair.join(': '))
      .join(', ');
  return value === null || value === undefined ? '' : String(value);
}

function OwnFacts({ object }: { object: ServiceObject }) {
  const { t } = useTranslation();
  const { save, dialog } = useRecord<ServiceObject, ObjectPatch>({
    record: object,
    queryKey: objectQuery(object.id).queryKey,
    listKey: ['service-objects', 'tree'],
    send: patchObject,
    wordsOf,
  });
  const isOpen = object.can.manage && !object.archivedAt;
  const text = (field: 'name' | 'address' | 'comment') => (
    <TextFact
      label={t(`clients.field.${field}`)}
      value={object[field] ?? ''}
      isOpen={isOpen}
      isLong={field === 'comment'}
      onSave={(value, handlers) => save({ [field]: value || null } as ObjectPatch, handlers)}
    />
  );
  return (
    <section className={classes.section} aria-label={t('clients.objects.own')}>
      <h3 className={classes.sectionTitle}>{t('clients.objects.own')}</h3>
      <dl className={factClasses.facts}>
        {text('name')}
        <Fact label={t('clients.field.kindOfObject')}>
          <NativeSelect
            size="xs"
            aria-label={t('clients.field.kindOfObject')}
            disabled={!isOpen}
            data={OBJECT_KINDS.map((value) => ({ value, label: t(`clients.objectKind.${value}`) }))}
            value={object.kind}
            onChange={(event) => save({ kind: event.currentTarget.value as ObjectKind })}
          />
        </Fact>
        {text('address')}
        <Fact label={t('clients.field.timeZone')}>
          <TimeZoneSelect
            size="xs"
            aria-label={t('clients.field.timeZone')}
            placeholder={t('clients.objects.inherited')}
            disabled={!isOpen}
            value={object.timeZone}
            onChange={(timeZone) => save({ timeZone })}
          />
        </Fact>
        <Fact label={t('clients.field.responsibleEmployeeId')}>
          <PersonPicker
            size="xs"
            clearable
            aria-label={t('clients.field.responsibleEmployeeId')}
            placeholder={t('clients.objects.inherited')}
            disabled={!isOpen}
            value={object.responsible.employee}
            onChange={(entry) => save({ responsibleEmployeeId: entry?.id ?? null })}
          />
        </Fact>
        <Fact label={t('clients.field.responsibleTeamId')}>
          <TeamPicker
            size="xs"
            clearable
            aria-label={t('clients.field.responsibleTeamId')}
            placeholder={t('clients.objects.inherited')}
            disabled={!isOpen}
            value={object.responsible.team}
            onChange={(entry) => save({ responsibleTeamId: entry?.id ?? null })}
          />
        </Fact>
        <Fact label={t('clients.field.externalIds')}>
          <ExternalIds
            value={object.externalIds}
            isOpen={isOpen}
            onSave={(externalIds, handlers) => save({ externalIds }, handlers)}
          />
        </Fact>
        {text('comment')}
        <CustomFacts subject="object" record={object} isOpen={isOpen} onSave={save} />
      </dl>
      {dialog}
    </section>
  );
}

function ObjectDeeds({ object, onOpen }: { object: ServiceObject; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const [isCreating, setCreating] = useState(false);
  const [isMoving, setMoving] = useState(false);
  const archive = useArchiveObject(object.id);
  const move = useMoveObject(object.id);
  const onError = (error: Error) => notifyProblem(t('ui.failed'), error);
  const moveTo = (parentId: string | null) => {
    setMoving(false);
    move.mutate(parentId, { onSuccess: () => notifyDone(t('clients.objects.moved')), onError });
  };
  if (object.archivedAt) {
    return (
      <Group gap="xs">
        <Button
          variant="default"
          loading={archive.isPending}
          leftSection={<IconArrowBackUp size={15} />}
          onClick={() => archive.mutate('restore', { onError })}
        >
          {t('ui.restore')}
        </Button>
      </Group>
    );
  }
  return (
    <>
      <Group gap="xs">
        <Button variant="default" leftSection={<IconPlus size={15} />} onClick={() => setCreating(true)}>
          {t('clients.objects.addChild')}
        </Button>
        <Button variant="default" loading={move.isPending} onClick={() => setMoving(!isMoving)}>
          {t('clients.objects.move')}
        </Button>
        <Button
          variant="default"
          loading={archive.isPending}
          leftSection={<IconArchive size={15} />}
          onClick={() =>
            archive.mutate('archive', { onSuccess: () => notifyDone(t('clients.objects.archived')), onError })
          }
        >
          {t('ui.archive')}
        </Button>
      </Group>
      {isMoving && (
        <Group gap="xs" wrap="nowrap">
          <ObjectPicker
            flex={1}
            companyId={object.company.id}
            aria-label={t('clients.objects.newParent')}
            placeholder={t('clients.objects.newParent')}
            autoFocus
            value={null}
            onChange={(entry) => entry && moveTo(entry.id)}
          />
          {object.parentId && (
            <Button variant="default" onClick={() => moveTo(null)}>
              {t('clients.objects.toTop')}
            </Button>
          )}
        </Group>
      )}
      {isCreating && (
        <ObjectForm
          company={object.company}
          parent={object}
          onClose={() => setCreating(false)}
          onCreated={({ id }) => (setCreating(false), onOpen(id))}
        />
      )}
    </>
  );
}
