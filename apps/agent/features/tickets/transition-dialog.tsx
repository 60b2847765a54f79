import { Alert, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { bodyOf, pointerOf } from '@/ticket-form/form-values';
import { VerdictInput } from '@/ticket-form/verdict-input';
import { useVerdict } from '@/ticket-form/use-verdict';
import { useTicketSlots } from '@/slots/ticket-slots';
import { Dialog } from '@opora/ui/dialog';
import { ApiProblem } from '@opora/client';
import { isEmptyHtml, RichText } from '@opora/ui/rich-text';
import { IconAlertCircle, IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PromiseReason } from './promise-reason';
import { jumpTo, placeOfGuard } from './side-jump';
import type { TransitionInput } from './tickets.queries';
import type { Audience, TicketView, Transition } from './tickets.types';
import classes from './transition-dialog.module.css';
import type { Unmet } from './transition.types';

type Props = {
  ticket: TicketView;
  chosen: Transition;
  /** What the last try was refused for. */
  unmet: Unmet[];
  isBusy: boolean;
  problem: Error | null;
  onSend: (input: Omit<TransitionInput, 'transitionId'>) => void;
  onClose: () => void;
};

/** What a transition wants before it happens: a comment, the fields of the new status, all that is still to be done. */
export function TransitionDialog({ ticket, chosen, unmet, isBusy, problem, onSend, onClose }: Props) {
  const { t } = useTranslation();
  const [html, setHtml] = useState('');
  const [audience, setAudience] = useState<Audience>(ticket.can.replyClient ? 'client' : 'internal');
  const [values, setValues] = useState<Record<string, unknown>>({});
  const asked = useAskedFields(ticket, chosen, values);
  const isSilent = chosen.requiresComment && isEmptyHtml(html);
  const send = () => {
    if (isSilent || isBusy) return;
    onSend({
      ...(isEmptyHtml(html) ? {} : { comment: { html, audience: [audience] } }),
      ...(Object.keys(values).length > 0 ? { fields: bodyOf(values) as TransitionInput['fields'] } : {}),
    });
  };
  const refusals = problem instanceof ApiProblem ? problem.errors : [];
  const messageOf = (name: string) => refusals.find(({ pointer }) => pointer.endsWith(pointerOf(name)))?.message;
  const others = unmet.filter(({ guard }) => !(guard === 'form' && asked.length > 0) && guard !== 'comment');
  return (
    <Dialog opened onClose={onClose} title={chosen.name} size="lg">
      <Stack gap="sm">
        {others.length > 0 && <UnmetList unmet={others} onJump={onClose} />}
        {asked.length > 0 && (
          <>
            <Text size="sm">{t('tickets.transition.fields', { status: chosen.to.name })}</Text>
            {asked.map((field) => (
              <VerdictInput
                key={field.name}
                field={field}
                value={values[field.name]}
                error={messageOf(field.name)}
                onChange={(value) => setValues((present) => ({ ...present, [field.name]: value }))}
              />
            ))}
            <PromiseReason
              values={values}
              error={messageOf('reason')}
              onChange={(reason) => setValues((present) => ({ ...present, reason }))}
            />
          </>
        )}
        {chosen.requiresComment && (
          <>
            <SegmentedControl
              size="xs"
              aria-label={t('tickets.composer.mode')}
              value={audience}
              onChange={(value) => setAudience(value as Audience)}
              data={[
                { value: 'client', label: t('tickets.composer.client'), disabled: !ticket.can.replyClient },
                { value: 'internal', label: t('tickets.composer.note') },
              ]}
            />
            <RichText
              html={html}
              onChange={setHtml}
              label={t('tickets.transitionComment')}
              placeholder={t('tickets.transitionComment')}
              autoFocus
              onSubmit={send}
            />
          </>
        )}
        {problem instanceof ApiProblem && problem.code !== 'tickets.transitionRefused' && (
          <Alert color="red" variant="light" role="alert">
            {problem.message}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button onClick={send} loading={isBusy} disabled={isSilent}>
            {others.length > 0 ? t('tickets.transition.again', { name: chosen.name }) : chosen.name}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** Every condition that is not met, each with the way to where it is met. */
function UnmetList({ unmet, onJump }: { unmet: Unmet[]; onJump: () => void }) {
  const { t } = useTranslation();
  const { panels, tabs } = useTicketSlots();
  const keys = [...panels, ...tabs].map(({ key }) => key);
  return (
    <div role="alert">
      <Text size="sm" fw={600} mb={6}>
        {t('tickets.transition.unmet')}
      </Text>
      <ul className={classes.unmet}>
        {unmet.map(({ guard, message }) => {
          const place = placeOfGuard(guard, keys);
          return (
            <li key={guard + message}>
              <IconAlertCircle size={16} aria-hidden className={classes.sign} />
              <span className={classes.words}>{message}</span>
              {place && (
                <Button
                  variant="light"
                  size="compact-xs"
                  rightSection={<IconArrowRight size={13} />}
                  onClick={() => {
                    onJump();
                    jumpTo(place);
                  }}
                >
                  {t(`tickets.transition.jump.${guard}`, { defaultValue: t('tickets.transition.jump.other') })}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The fields that the form of the target status asks and the ticket lacks; a field once asked stays until the end. */
function useAskedFields(ticket: TicketView, chosen: Transition, values: Record<string, unknown>) {
  const before = useVerdict({ ticketId: ticket.id, statusId: chosen.to.id, values: {} });
  const now = useVerdict({ ticketId: ticket.id, statusId: chosen.to.id, values: bodyOf(values) });
  const lacking = new Set(before.problems.map(({ pointer }) => pointer));
  const still = new Set(now.problems.map(({ pointer }) => pointer));
  return now.fields.filter(
    ({ name, isVisible }) =>
      isVisible && (lacking.has(pointerOf(name)) || still.has(pointerOf(name)) || values[name] !== undefined),
  );
}
