import { useHolds } from '@/api';
import { Badge, Button } from '@mantine/core';
import { ConfirmDialog } from '@opora/ui/dialog';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconArchive, IconArrowBackUp, IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
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
  const [isAsked, ask] = useState(false);
  const archive = useArchiveCompany(company.id);
  const deed = company.archivedAt ? 'restore' : 'archive';
  const run = () =>
    archive.mutate(deed, {
      onSuccess: () => notifyDone(t(`clients.companies.${deed}.done`)),
      onError: (error) => notifyProblem(t('clients.failed'), error),
      onSettled: () => ask(false),
    });
  return (
    <>
      <Button
        variant="default"
        loading={archive.isPending}
        leftSection={deed === 'archive' ? <IconArchive size={15} /> : <IconArrowBackUp size={15} />}
        onClick={() => (deed === 'archive' ? ask(true) : run())}
      >
        {t(`clients.companies.${deed}.name`)}
      </Button>
      <ConfirmDialog
        opened={isAsked}
        title={t('clients.companies.archive.ask', { name: company.name })}
        confirm={t('clients.companies.archive.name')}
        isDangerous
        isBusy={archive.isPending}
        onConfirm={run}
        onClose={() => ask(false)}
      >
        {t('clients.companies.archive.hint')}
      </ConfirmDialog>
    </>
  );
}
