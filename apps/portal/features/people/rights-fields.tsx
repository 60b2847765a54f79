import { ActionIcon, Checkbox, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ObjectSearch } from '@/pickers/object-search';
import { useHasObjects } from '@/pickers/objects.queries';
import type { Rights } from '@/session';
import classes from './people.module.css';

export const RIGHTS = ['seesCompany', 'closesCompany', 'isAdmin'] as const satisfies readonly (keyof Rights)[];

/** Rights being given: the ticks, and the objects they are limited to (null: the whole company). */
export type Grant = { rights: Rights; objects: { id: string; name: string }[] | null };
type Props = { companyId: string; grant: Grant; error?: string; onChange: (grant: Grant) => void };

/** What a person may do in the company, and how far it reaches. */
export function RightsFields({ companyId, grant, error, onChange }: Props) {
  const { t } = useTranslation();
  const { rights } = grant;
  const choose = (chosen: string[]) =>
    onChange({
      ...grant,
      rights: {
        seesCompany: chosen.includes('seesCompany'),
        closesCompany: chosen.includes('closesCompany'),
        isAdmin: chosen.includes('isAdmin'),
      },
    });
  return (
    <Stack gap="md">
      <Checkbox.Group label={t('people.rights')} value={RIGHTS.filter((right) => rights[right])} onChange={choose}>
        <Stack gap="xs" mt={6}>
          {RIGHTS.map((right) => (
            <Checkbox key={right} value={right} label={t(`people.${right}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Reach companyId={companyId} grant={grant} error={error} onChange={onChange} />
    </Stack>
  );
}

function Reach({ companyId, grant: { rights, objects }, error, onChange }: Props) {
  const { t } = useTranslation();
  const hasObjects = useHasObjects(companyId);
  if (!hasObjects && !objects?.length) return null;
  return (
    <div role="group" aria-label={t('people.reach')}>
      <Text size="sm" fw={500} mb={4}>
        {t('people.reach')}
      </Text>
      <SegmentedControl
        aria-label={t('people.reach')}
        value={objects ? 'some' : 'all'}
        onChange={(reach) => onChange({ rights, objects: reach === 'all' ? null : [] })}
        data={[
          { value: 'all', label: t('people.reachAll') },
          { value: 'some', label: t('people.reachSome') },
        ]}
      />
      {objects && objects.length > 0 && (
        <ul className={classes.objects}>
          {objects.map(({ id, name }) => (
            <li key={id}>
              <Group gap={4} wrap="nowrap">
                <span>{name}</span>
                <ActionIcon
                  aria-label={t('people.removeObject', { name })}
                  onClick={() => onChange({ rights, objects: objects.filter((other) => other.id !== id) })}
                >
                  <IconX size={16} aria-hidden />
                </ActionIcon>
              </Group>
            </li>
          ))}
        </ul>
      )}
      {objects && (
        <div className={classes.search}>
          <ObjectSearch
            companyId={companyId}
            exclude={objects.map(({ id }) => id)}
            onPick={({ id, name }) => onChange({ rights, objects: [...objects, { id, name }] })}
          />
        </div>
      )}
      <Text size="sm" c="var(--mantine-color-error)" role="status">
        {error ?? (objects?.length === 0 ? t('people.reachEmpty') : '')}
      </Text>
    </div>
  );
}

/** True when the grant says all that it must. */
export const isCompleteGrant = ({ objects }: Grant) => objects === null || objects.length > 0;

/** The grant as the server takes it. */
export const givenOf = ({ rights, objects }: Grant) => ({ ...rights, objectIds: objects?.map(({ id }) => id) ?? [] });
