import { Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Rights } from '@/session';

export const RIGHTS = ['seesCompany', 'closesCompany', 'isAdmin'] as const satisfies readonly (keyof Rights)[];

/** What a person may do in the company, as ticks. */
export function RightsFields({
  rights,
  error,
  onChange,
}: {
  rights: Rights;
  error?: string;
  onChange: (rights: Rights) => void;
}) {
  const { t } = useTranslation();
  return (
    <Checkbox.Group
      label={t('people.rights')}
      error={error}
      value={RIGHTS.filter((right) => rights[right])}
      onChange={(chosen) =>
        onChange({
          seesCompany: chosen.includes('seesCompany'),
          closesCompany: chosen.includes('closesCompany'),
          isAdmin: chosen.includes('isAdmin'),
        })
      }
    >
      <Stack gap="xs" mt={6}>
        {RIGHTS.map((right) => (
          <Checkbox key={right} value={right} label={t(`people.${right}`)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
