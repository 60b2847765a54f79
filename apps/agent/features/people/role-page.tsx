import { RemoveButton } from '@/directory/remove-button';
import { useHolds } from '@/api';
import { Badge, Button } from '@mantine/core';
import { ErrorState, Loading, Page } from '@opora/ui/page';
import { IconArrowLeft, IconCopy, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { RoleForm, type RoleDraft } from './role-form';
import { useRoleName } from './role-words';
import { permissionsQuery, roleQuery, useDeleteRole, type Role } from './roles.queries';

const BLANK: RoleDraft = { nameRu: '', nameEn: '', permissions: [], scope: 'all', categoryIds: [] };

/** One role: what it allows and how far it reaches. A preset is only looked at, and copied. */
export function RolePage() {
  const { t, i18n } = useTranslation();
  const { id = 'new' } = useParams();
  const [search] = useSearchParams();
  const nameOf = useRoleName();
  const isManager = useHolds('people.manage_roles');
  const source = id === 'new' ? search.get('from') : id;
  const role = useQuery({ ...roleQuery(source ?? ''), enabled: source !== null });
  const groups = useQuery(permissionsQuery(i18n.language));
  const error = role.error ?? groups.error;
  const isReady = groups.data && (source === null || role.data);
  const isOwn = id !== 'new' && role.data && !role.data.isPreset;
  const title = id === 'new' ? t('people.roles.add') : role.data ? nameOf(role.data) : t('people.roles.one');
  return (
    <Page
      title={title}
      actions={
        <>
          {id !== 'new' && role.data?.isPreset && <Badge color="gray">{t('people.roles.preset')}</Badge>}
          {id !== 'new' && isManager && role.data && (
            <Button
              component={Link}
              to={`/people/roles/new?from=${id}`}
              variant={role.data.isPreset ? 'filled' : 'default'}
              leftSection={<IconCopy size={15} />}
            >
              {t('people.roles.copy')}
            </Button>
          )}
          {isOwn && isManager && <DeleteRole role={role.data} />}
          <Button component={Link} to="/people/roles" variant="default" leftSection={<IconArrowLeft size={15} />}>
            {t('people.roles.all')}
          </Button>
        </>
      }
    >
      {error && <ErrorState error={error} onRetry={() => void Promise.all([role.refetch(), groups.refetch()])} />}
      {!error && !isReady && <Loading lines={12} />}
      {!error && groups.data && isReady && (
        <RoleForm
          key={`${id} ${source}`}
          id={id === 'new' ? null : id}
          draft={draftOf(role.data, (lng) => (id === 'new' ? t('people.roles.copySuffix', { lng }) : ''))}
          groups={groups.data}
          isOpen={isManager && (id === 'new' || isOwn === true)}
        />
      )}
    </Page>
  );
}

function draftOf(role: Role | undefined, suffix: (lng: 'ru' | 'en') => string): RoleDraft {
  if (!role) return BLANK;
  const { name, permissions, scope, categoryIds } = role;
  return { nameRu: name.ru + suffix('ru'), nameEn: name.en + suffix('en'), permissions, scope, categoryIds };
}

function DeleteRole({ role }: { role: Role }) {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  const navigate = useNavigate();
  return (
    <RemoveButton
      variant="default"
      leftSection={<IconTrash size={15} />}
      label={t('people.roles.delete')}
      title={t('people.roles.deleteAsk', { name: nameOf(role) })}
      hint={t('people.roles.deleteHint')}
      done={t('people.roles.deleted')}
      remove={useDeleteRole(role.id)}
      onDone={() => void navigate('/people/roles')}
    />
  );
}
