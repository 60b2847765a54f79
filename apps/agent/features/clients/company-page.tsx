import { ArchiveButton } from '@/directory/archive-button';
import { useHolds } from '@/api';
import { Badge, Button } from '@mantine/core';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import classes from './clients.module.css';
import { companyQuery, useArchiveCompany, type Company } from './companies.queries';
import { CompanyContacts } from './company-contacts';
import { CompanyFacts } from './company-facts';
import { LastTickets } from './last-tickets';
import { CategoryChip } from './marks';
import { ObjectTree } from './object-tree';

/** One company: what is known of it, its people, its places, its last tickets. */
export function CompanyPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: company, error, refetch, isPending } = useQuery(companyQuery(id));
  const seesTickets = useHolds('tickets.read');
  return (
    <Page
      title={company?.name ?? t('clients.companies.one')}
      actions={
        <>
          {company?.archivedAt && <Badge color="gray">{t('clients.archived')}</Badge>}
          {company?.categories.map((category) => (
            <CategoryChip key={category.id} {...category} />
          ))}
          {company?.can.manage && <ArchiveCompany company={company} />}
          <Button component={Link} to="/clients/companies" variant="default" leftSection={<IconArrowLeft size={15} />}>
            {t('clients.companies.all')}
          </Button>
        </>
      }
    >
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <Loading lines={12} />}
      {company && (
        <div className={classes.columns} key={company.id}>
          <div className={classes.column}>
            <CompanyFacts company={company} />
            {seesTickets && <LastTickets q={`company:${company.id}`} />}
          </div>
          <div className={classes.column}>
            <CompanyContacts company={company} />
            <ObjectTree company={company} />
          </div>
        </div>
      )}
    </Page>
  );
}

function ArchiveCompany({ company }: { company: Company }) {
  const { t } = useTranslation();
  return (
    <ArchiveButton
      isArchived={company.archivedAt !== null}
      title={t('clients.companies.archive.ask', { name: company.name })}
      hint={t('clients.companies.archive.hint')}
      done={t(company.archivedAt ? 'clients.companies.restore.done' : 'clients.companies.archive.done')}
      archive={useArchiveCompany(company.id)}
    />
  );
}
