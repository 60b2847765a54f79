import { SegmentedControl } from '@mantine/core';
import { IconCalendar, IconLayoutKanban, IconList, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Layout } from './board.queries';
import classes from './ticket-list.module.css';

const ICONS: Record<Layout, Icon> = { list: IconList, board: IconLayoutKanban, calendar: IconCalendar };

/** The same tickets as rows, as columns of statuses, or by days. */
export function LayoutSwitch({ value, onChange }: { value: Layout; onChange: (layout: Layout) => void }) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      className={classes.layouts}
      aria-label={t('tickets.layout.label')}
      value={value}
      onChange={(layout) => onChange(layout as Layout)}
      data={(['list', 'board', 'calendar'] as const).map((layout) => {
        const Sign = ICONS[layout];
        return {
          value: layout,
          label: (
            <span title={t(`tickets.layout.${layout}`)} className={classes.layout}>
              <Sign size={15} role="img" aria-label={t(`tickets.layout.${layout}`)} />
            </span>
          ),
        };
      })}
    />
  );
}
