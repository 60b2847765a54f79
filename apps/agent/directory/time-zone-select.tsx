import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const ZONES =
  typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : ['Europe/Moscow', 'UTC'];
const SHOWN = 60;

/** An IANA time zone, found by a part of its name. */
export function TimeZoneSelect(props: Omit<SelectProps, 'data'>) {
  const { t } = useTranslation();
  const data = props.value && !ZONES.includes(props.value) ? [props.value, ...ZONES] : ZONES;
  return (
    <Select
      searchable
      clearable
      limit={SHOWN}
      data={data}
      nothingFoundMessage={t('app.picker.nothing')}
      clearButtonProps={{ 'aria-label': t('directory.clear') }}
      {...props}
    />
  );
}
