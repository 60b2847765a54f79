import { ActionIcon, Checkbox, Group, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { marked, moved, PORTAL_FIELDS } from './form-rows';
import type { OwnField } from './own-fields.queries';
import classes from './ticket-config.module.css';
import type { FormField } from './ticket-config.queries';

type Props = {
  rows: FormField[];
  /** The organisation's own fields by `cf.<code>`. */
  own: Map<string, OwnField>;
  error: string | undefined;
  isOpen: boolean;
  hasPortal: boolean;
  onChange: (rows: FormField[]) => void;
};

/** Which fields the form asks and requires, for staff and on the portal, and in what order. */
export function FormFields({ rows, own, error, isOpen, hasPortal, onChange }: Props) {
  const { t } = useTranslation();
  const change = (at: number, row: FormField) => onChange(rows.map((each, index) => (index === at ? row : each)));
  return (
    <fieldset className={classes.form}>
      <legend className={classes.legend}>{t('ticketConfig.types.form')}</legend>
      <Text size="xs" c="dimmed">
        {t('ticketConfig.types.formHint')}
      </Text>
      {error && (
        <Text size="xs" className={classes.error} role="alert">
          {error}
        </Text>
      )}
      <div className={classes.scroll}>
        <table className={classes.formTable}>
          <thead>
            <tr>
              <th rowSpan={2} scope="col">
                {t('ticketConfig.types.fieldName')}
              </th>
              <th colSpan={2} scope="colgroup">
                {t('ticketConfig.types.staff')}
              </th>
              <th colSpan={2} scope="colgroup">
                {t('ticketConfig.types.portal')}
              </th>
              <th rowSpan={2} scope="col">
                {t('ticketConfig.types.order')}
              </th>
            </tr>
            <tr>
              {(['staff', 'portal'] as const).map((who) => (
                <MarkHeads key={who} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <FieldRow
                key={row.field}
                row={row}
                own={own.get(row.field)}
                isOpen={isOpen}
                hasPortal={hasPortal}
                isFirst={at === 0}
                isLast={at === rows.length - 1}
                onChange={(next) => change(at, next)}
                onMove={(by) => onChange(moved(rows, at, by))}
              />
            ))}
          </tbody>
        </table>
      </div>
    </fieldset>
  );
}

function MarkHeads() {
  const { t } = useTranslation();
  return (
    <>
      <th scope="col">{t('ticketConfig.types.isAsked')}</th>
      <th scope="col">{t('ticketConfig.types.isRequired')}</th>
    </>
  );
}

type RowProps = {
  row: FormField;
  own: OwnField | undefined;
  isOpen: boolean;
  hasPortal: boolean;
  isFirst: boolean;
  isLast: boolean;
  onChange: (row: FormField) => void;
  onMove: (by: -1 | 1) => void;
};

function FieldRow({ row, own, isOpen, hasPortal, isFirst, isLast, onChange, onMove }: RowProps) {
  const { t } = useTranslation();
  const name = own?.label ?? t(`ticketConfig.formField.${row.field}`, { defaultValue: row.field });
  const isOnPortal = own ? own.isClientEditable : PORTAL_FIELDS.includes(row.field) || row.portal.isAsked;
  const box = (who: 'staff' | 'portal', key: 'isAsked' | 'isRequired') => {
    const mark = who === 'staff' ? row : row.portal;
    const set = (isOn: boolean) =>
      onChange(
        who === 'staff' ? { ...row, ...marked(row, key, isOn) } : { ...row, portal: marked(row.portal, key, isOn) },
      );
    const isShown = who === 'staff' || isOnPortal;
    return (
      <td key={`${who}-${key}`}>
        {isShown && (
          <Checkbox
            aria-label={`${name}: ${t(`ticketConfig.types.${who}`)}, ${t(`ticketConfig.types.${key}`)}`}
            disabled={!isOpen || (who === 'portal' && !hasPortal)}
            checked={mark[key]}
            onChange={(event) => set(event.currentTarget.checked)}
          />
        )}
      </td>
    );
  };
  return (
    <tr data-off={!(row.isAsked || row.portal.isAsked) || undefined}>
      <th scope="row">{name}</th>
      {box('staff', 'isAsked')}
      {box('staff', 'isRequired')}
      {box('portal', 'isAsked')}
      {box('portal', 'isRequired')}
      <td>
        <Group gap={0} wrap="nowrap" justify="center">
          <ActionIcon
            aria-label={t('ticketConfig.types.up', { name })}
            disabled={!isOpen || isFirst}
            onClick={() => onMove(-1)}
          >
            <IconArrowUp size={14} />
          </ActionIcon>
          <ActionIcon
            aria-label={t('ticketConfig.types.down', { name })}
            disabled={!isOpen || isLast}
            onClick={() => onMove(1)}
          >
            <IconArrowDown size={14} />
          </ActionIcon>
        </Group>
      </td>
    </tr>
  );
}
