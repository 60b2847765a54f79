import { useRows } from '@/directory/use-rows';
import { ContactPicker } from '@/pickers/directory-pickers';
import { ActionIcon, Button, Menu, Text } from '@mantine/core';
import { ErrorState, Loading } from '@opora/ui/page';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './clients.module.css';
import type { Company } from './companies.queries';
import { ContactForm } from './contact-form';
import { contactsQuery, type Contact } from './contacts.queries';
import { RightsMark } from './marks';
import { MembershipDialog } from './membership-dialog';

const FIRST = 8;

type Target = { contact: { id: string; name: string }; membership: Contact['memberships'][number] | null };

/** The company's people and what each may do in the portal. */
export function CompanyContacts({ company }: { company: Company }) {
  const { t } = useTranslation();
  const [opened, open] = useState<'new' | 'existing' | null>(null);
  const [target, setTarget] = useState<Target | null>(null);
  const [isWhole, setWhole] = useState(false);
  const query = useInfiniteQuery(contactsQuery({ companyId: company.id }));
  const { rows, more, isLoadingMore } = useRows(query);
  const isOpen = company.can.manage && !company.archivedAt;
  return (
    <section className={classes.section} aria-label={t('clients.contacts.title')}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>{t('clients.contacts.title')}</h2>
        {isOpen && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" leftSection={<IconPlus size={15} />}>
                {t('clients.contacts.addShort')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => open('new')}>{t('clients.contacts.add')}</Menu.Item>
              <Menu.Item onClick={() => open('existing')}>{t('clients.contacts.attach')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {opened === 'existing' && (
        <ContactPicker
          aria-label={t('clients.contacts.attach')}
          placeholder={t('clients.contacts.attachHint')}
          autoFocus
          value={null}
          onChange={(contact) => {
            open(null);
            if (contact) setTarget({ contact, membership: null });
          }}
        />
      )}
      {query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading lines={4} />}
      {query.isSuccess && rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('clients.contacts.noneHere')}
        </Text>
      )}
      {rows.length > 0 && (
        <ul className={classes.rows}>
          {(isWhole ? rows : rows.slice(0, FIRST)).map((contact) => (
            <ContactRow key={contact.id} contact={contact} companyId={company.id} isOpen={isOpen} onEdit={setTarget} />
          ))}
        </ul>
      )}
      {!isWhole && rows.length > FIRST && (
        <Button variant="subtle" onClick={() => setWhole(true)}>
          {t('clients.contacts.showAll', { count: company.contactCount })}
        </Button>
      )}
      {isWhole && query.hasNextPage && (
        <Button variant="default" loading={isLoadingMore} onClick={more}>
          {t('ui.more')}
        </Button>
      )}
      {opened === 'new' && <ContactForm company={company} onClose={() => open(null)} onCreated={() => open(null)} />}
      {target && (
        <MembershipDialog
          contact={target.contact}
          company={company}
          membership={target.membership}
          onClose={() => setTarget(null)}
        />
      )}
    </section>
  );
}

function ContactRow({
  contact,
  companyId,
  isOpen,
  onEdit,
}: {
  contact: Contact;
  companyId: string;
  isOpen: boolean;
  onEdit: (target: Target) => void;
}) {
  const { t } = useTranslation();
  const membership = contact.memberships.find(({ company }) => company.id === companyId) ?? null;
  return (
    <li>
      <div className={classes.rowMain}>
        <Link to={`/clients/contacts/${contact.id}`} className={classes.link}>
          {contact.name}
        </Link>
        <Text size="xs" c="dimmed" truncate>
          {[membership?.position ?? contact.position, contact.emails[0]?.email, contact.phones[0]?.raw]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </div>
      {membership && <RightsMark membership={membership} />}
      {isOpen && (
        <ActionIcon
          aria-label={t('clients.rightsOf', { name: contact.name })}
          onClick={() => onEdit({ contact, membership })}
        >
          <IconPencil size={16} />
        </ActionIcon>
      )}
    </li>
  );
}
