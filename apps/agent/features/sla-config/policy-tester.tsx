import { Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkCalendar } from './calendars.queries';
import type { PolicyDraft } from './policy-draft';
import { Tester } from './tester';

/** Tries a promise of the policy on the screen, saved or not. */
export function PolicyTester({ draft, calendars }: { draft: PolicyDraft; calendars: WorkCalendar[] }) {
  const { t } = useTranslation();
  const on = draft.metrics.filter(({ isOn }) => isOn);
  const [chosen, setChosen] = useState<string | null>(null);
  const metric = on.find((each) => each.metric === chosen) ?? on.find((each) => each.metric === 'resolution') ?? on[0];
  const calendarId = metric?.calendarId ?? draft.calendarId;
  const calendar = calendars.find(({ id }) => id === calendarId);
  return (
    <Stack gap="xs">
      {on.length > 1 && (
        <Select
          aria-label={t('slaConfig.tester.metric')}
          allowDeselect={false}
          data={[...new Set(on.map((each) => each.metric))].map((value) => ({
            value,
            label: t(`timing.metric.${value}`),
          }))}
          value={metric?.metric ?? null}
          onChange={setChosen}
        />
      )}
      <Tester
        key={metric?.metric}
        tested={calendarId ? { calendarId } : null}
        seconds={metric?.seconds ?? 8 * 3600}
        {...(calendar ? { timeZone: calendar.timeZone } : {})}
        {...(draft.objectCalendarMode === 'intersect' ? { objectCalendars: calendars } : {})}
      />
    </Stack>
  );
}
