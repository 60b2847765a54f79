import { CompanyPicker } from '@/pickers/directory-pickers';
import { ActionIcon, Badge, Button, Text } from '@mantine/core';
import { ConfirmDialog } from '@opora/ui/dialog';
import { notifyProblem } from '@opora/ui/theme';
import { IconPencil, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './clients.module.css';
import { useRemoveMembership, type Contact, type Membership } from './contacts.queries';
import { RightsMark } from './marks';
import { MembershipDialog } from './membership-dialog';

type Named = { id: string; name: string };

/** The companies a person belongs to, each with his rights there. */
export function ContactMemberships({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const [isAdding, setAdding] = useState(false);
  const [edited, edit] = useState<{ company: Named; membership: Membership | null } | null>(null);
  const [leaving, leave] = useState<Named | null>(null);
  const remove = useRemoveMembership(contact.id);
  const isOpen = contact.can.manage && !contact.archivedAt;
  const run = () =>
    leaving &&
    remove.mutate(leaving.id, {
      onError: (error) => notifyProblem(t('ui.failed'), error),
      onSettled: () => leave(null),
    });
  return (
    <section className={classes.section} aria-label={t('clients.field.companies')}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>{t('clients.field.companies')}</h2>
        {isOpen && !isAdding && (
          <Button variant="default" leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>
            {t('clients.addCompany')}
          </Button>
        )}
      </div>
      {isAdding && (
        <CompanyPicker
          aria-label={t('clients.addCompany')}
          placeholder={t('clients.pickCompany')}
          autoFocus
          value={null}
          onChange={(company) => {
            setAdding(false);
            if (company)
              edit({ company, membership: contact.memberships.find((each) => each.company.id === company.id) ?? null });
          }}
        />
      )}
      {contact.memberships.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('clients.noCompanies')}
        </Text>
      )}
      {contact.memberships.length > 0 && (
        <ul className={classes.rows}>
          {contact.memberships.map((membership) => (
            <li key={membership.company.id}>
              <div className={classes.rowMain}>
                <Link to={`/clients/companies/${membership.company.id}`} className={classes.link}>
                  {membership.company.name}
                </Link>{' '}
                {membership.isCompanyArchived && <Badge color="gray">{t('clients.archived')}</Badge>}
                {membership.position && (
                  <Text size="xs" c="dimmed">
                    {membership.position}
                  </Text>
                )}
              </div>
              <RightsMark membership={membership} />
              {isOpen && (
                <>
                  <ActionIcon
                    aria-label={t('clients.rightsIn', { name: contact.name, company: membership.company.name })}
                    onClick={() => edit({ company: membership.company, membership })}
                  >
                    <IconPencil size={16} />
                  </ActionIcon>
                  <ActionIcon
                    aria-label={t('clients.leaveOf', { company: membership.company.name })}
                    onClick={() => leave(membership.company)}
                  >
                    <IconX size={16} />
                  </ActionIcon>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {edited && (
        <MembershipDialog
          contact={contact}
          company={edited.company}
          membership={edited.membership}
          onClose={() => edit(null)}
        />
      )}
      <ConfirmDialog
        opened={leaving !== null}
        title={t('clients.leaveAsk', { name: contact.name, company: leaving?.name ?? '' })}
        confirm={t('clients.leave')}
        isDangerous
        isBusy={remove.isPending}
        onConfirm={run}
        onClose={() => leave(null)}
      >
        {t('clients.leaveHint')}
      </ConfirmDialog>
    </section>
  );
}
