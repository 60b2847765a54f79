import { conditionFieldsQuery } from '@/pickers/condition-fields.queries';
import { nameReference } from '@/pickers/reference-picker';
import { ConditionSentence, type Condition } from '@opora/ui/conditions';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import classes from './automation.module.css';
import { eventFieldsOf, USUAL_TIMES, waitOf, type RuleTrigger } from './rule-trigger';
import { actionNamesQuery, triggersQuery, type Triggers } from './rules.queries';

type Props = { trigger: object; when: object; actions: { action: string }[] };

/** A rule as a sentence: «Когда … если … то …». */
export function RuleWords({ trigger: given, when, actions }: Props) {
  const { t, i18n } = useTranslation();
  const trigger = given as RuleTrigger;
  const { data: triggers } = useQuery(triggersQuery(i18n.language));
  const { data: fields } = useQuery(conditionFieldsQuery(i18n.language));
  const { data: names } = useQuery(actionNamesQuery(i18n.language));
  if (!triggers || !fields || !names) return <span className={classes.words}>…</span>;
  const isAlways = JSON.stringify(when) === '{"all":[]}';
  return (
    <span className={classes.words}>
      <b>{t('automation.when')}</b> <TriggerWords trigger={trigger} triggers={triggers} />
      {!isAlways && (
        <>
          {' '}
          <b>{t('automation.if')}</b>{' '}
          <ConditionSentence
            fields={[...fields, ...eventFieldsOf(triggers, trigger)]}
            value={when as Condition}
            nameReference={nameReference}
          />
        </>
      )}{' '}
      <b>{t('automation.then')}</b> {actions.map(({ action }) => names.get(action) ?? action).join(', ')}
    </span>
  );
}

/** What the rule waits for. */
export function TriggerWords({ trigger, triggers }: { trigger: RuleTrigger; triggers: Triggers }) {
  const { t } = useTranslation();
  if (trigger.kind === 'event') {
    const label = triggers.events.find(({ name }) => name === trigger.event)?.label ?? trigger.event;
    const fields = (trigger.fields ?? []).map(
      (field) => triggers.fields.find(({ value }) => value === field)?.label ?? field,
    );
    return <span>{fields.length ? `${label}: ${fields.join(', ')}` : label}</span>;
  }
  if (trigger.kind === 'after') {
    const { count, unit } = waitOf(trigger.seconds);
    const moment = triggers.moments.find(({ value }) => value === trigger.moment)?.label ?? trigger.moment;
    const calendar = triggers.calendars.find(({ id }) => id === trigger.calendarId)?.name;
    const wait = t(`automation.wait.${unit}`, { count });
    const words = t(trigger.seconds < 0 ? 'automation.before' : 'automation.after', { wait, moment });
    return <span>{calendar ? `${words} (${t('automation.byCalendar', { name: calendar })})` : words}</span>;
  }
  const usual = (USUAL_TIMES as readonly string[]).indexOf(trigger.rrule);
  const times = usual >= 0 ? t(`automation.times.${usual}`) : trigger.rrule;
  return <span>{t('automation.scheduled', { times, time: trigger.time, zone: trigger.timeZone })}</span>;
}
