import { Checkbox, TextInput } from '@mantine/core';
import { Dialog } from '@opora/ui/dialog';
import type { Schemas } from '@opora/client';
import { CardForm } from '@/directory/form-drawer';
import { useFields } from '@opora/ui/form';
import { notifyDone } from '@opora/ui/theme';
import { useTranslation } from 'react-i18next';
import type { Scope } from './macros.queries';
import { ScopeFields } from './scope-fields';
import { useCopyTemplate } from './templates.queries';

/** Makes a template of what a ticket has. */
export function SaveAsTemplate({ ticket, onClose }: { ticket: Schemas['TicketView']; onClose: () => void }) {
  const { t } = useTranslation();
  const copy = useCopyTemplate();
  const fields = useFields({
    name: ticket.subject,
    scope: 'personal' as Scope,
    teamIds: [] as string[],
    withClient: false,
  });
  const { name, scope, teamIds, withClient } = fields.values;
  const submit = () =>
    copy.mutate(
      { ticketId: ticket.id, name: name.trim(), scope, teamIds: scope === 'team' ? teamIds : [], withClient },
      {
        onSuccess: () => {
          notifyDone(t('macros.templates.saved'));
          onClose();
        },
        onError: fields.applyProblem,
      },
    );
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('macros.templates.saveAs')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <CardForm
        problem={copy.error && Object.keys(fields.errors).length === 0 ? copy.error : null}
        submit={t('ui.save')}
        isBusy={copy.isPending}
        isDisabled={name.trim() === ''}
        onSubmit={submit}
        onCancel={onClose}
      >
        <TextInput data-autofocus required label={t('macros.field.name')} maxLength={120} {...fields.text('name')} />
        <ScopeFields
          scope={scope}
          teamIds={teamIds}
          errors={fields.errors}
          onScope={(next) => fields.set('scope', next)}
          onTeams={(next) => fields.set('teamIds', next)}
        />
        <Checkbox
          label={t('macros.templates.withClient')}
          checked={withClient}
          onChange={(event) => fields.set('withClient', event.currentTarget.checked)}
        />
      </CardForm>
    </Dialog>
  );
}
