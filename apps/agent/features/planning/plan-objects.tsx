import { CompanyPicker, ObjectPicker } from '@/pickers/directory-pickers';
import { MultiSelect, Pill, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Ref } from './plan-draft';
import { choice, type FieldsProps } from './plan-fields';
import { planChoicesQuery } from './planning.queries';
import classes from './planning.module.css';

const MODES = ['none', 'list', 'filter'] as const;
const KINDS = ['directorate', 'site', 'shop', 'building', 'room', 'vehicle', 'other'] as const;

/** For which objects a plan makes tickets, and how many tickets. */
export function PlanObjects({ draft, isOpen, errorAt, set }: FieldsProps) {
  const { t, i18n } = useTranslation();
  const { data } = useQuery(planChoicesQuery(i18n.language));
  return (
    <fieldset className={classes.box} disabled={!isOpen}>
      <legend className={classes.legend}>{t('planning.objects.legend')}</legend>
      <SegmentedControl
        aria-label={t('planning.objects.legend')}
        className={classes.start}
        disabled={!isOpen}
        data={MODES.map((value) => ({ value, label: t(`planning.objects.${value}`) }))}
        value={draft.mode}
        onChange={(mode) => set({ mode: mode as typeof draft.mode })}
      />
      {draft.mode === 'list' && (
        <Refs
          refs={draft.listed}
          error={errorAt('/objects')}
          note={draft.unnamed.length ? t('planning.objects.more', { count: draft.unnamed.length }) : null}
          onChange={(listed) => set({ listed })}
        >
          {(add) => (
            <ObjectPicker
              label={t('planning.objects.add')}
              value={null}
              error={errorAt('/objects')}
              onChange={(entry) => entry && add(entry)}
            />
          )}
        </Refs>
      )}
      {draft.mode === 'filter' && (
        <>
          <Text size="xs" c="dimmed">
            {t('planning.objects.filterHint')}
          </Text>
          <Refs refs={draft.companies} onChange={(companies) => set({ companies })}>
            {(add) => (
              <CompanyPicker
                label={t('planning.objects.companies')}
                value={null}
                error={errorAt('/objects')}
                onChange={(entry) => entry && add(entry)}
              />
            )}
          </Refs>
          <Refs refs={draft.under} onChange={(under) => set({ under })}>
            {(add) => (
              <ObjectPicker
                label={t('planning.objects.under')}
                value={null}
                onChange={(entry) => entry && add(entry)}
              />
            )}
          </Refs>
          <div className={classes.row}>
            <MultiSelect
              label={t('planning.objects.categories')}
              data={choice(data?.categories)}
              value={draft.categoryIds}
              onChange={(categoryIds) => set({ categoryIds })}
            />
            <MultiSelect
              label={t('planning.objects.kinds')}
              data={KINDS.map((kind) => ({ value: kind, label: t(`planning.kind.${kind}`) }))}
              value={draft.kinds}
              onChange={(kinds) => set({ kinds })}
            />
          </div>
        </>
      )}
      {draft.mode !== 'none' && (
        <SegmentedControl
          aria-label={t('planning.objects.fanOut')}
          className={classes.start}
          disabled={!isOpen}
          data={(['one_each', 'one_group'] as const).map((value) => ({ value, label: t(`planning.fanOut.${value}`) }))}
          value={draft.fanOut}
          onChange={(fanOut) => set({ fanOut: fanOut as typeof draft.fanOut })}
        />
      )}
    </fieldset>
  );
}

type RefsProps = {
  refs: Ref[];
  error?: string | undefined;
  note?: string | null;
  onChange: (refs: Ref[]) => void;
  children: (add: (entry: Ref) => void) => ReactNode;
};

/** What has been picked, one after another. */
function Refs({ refs, note, onChange, children }: RefsProps) {
  const { t } = useTranslation();
  const add = ({ id, name }: Ref) => !refs.some((ref) => ref.id === id) && onChange([...refs, { id, name }]);
  return (
    <div>
      {children(add)}
      {refs.length > 0 && (
        <Pill.Group mt={6}>
          {refs.map(({ id, name }) => (
            <Pill
              key={id}
              withRemoveButton
              removeButtonProps={{ 'aria-label': t('planning.objects.remove', { name }) }}
              onRemove={() => onChange(refs.filter((ref) => ref.id !== id))}
            >
              {name}
            </Pill>
          ))}
        </Pill.Group>
      )}
      {note && (
        <Text size="xs" c="dimmed" mt={4}>
          {note}
        </Text>
      )}
    </div>
  );
}
