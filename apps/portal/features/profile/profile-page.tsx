import type { ReactNode } from 'react';
import {
  Button,
  SegmentedControl,
  Stack,
  Text,
  Title,
  useMantineColorScheme,
  type MantineColorScheme,
} from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { LOCALES, type Locale } from '@opora/ui/i18n';
import { endSession, useMe, type MyCompany } from '@/session';
import { useTitle } from '@/use-title';
import { AboutForm } from './about-form';
import { ChangePasswordForm } from './change-password-form';
import { useUpdateMe } from './profile.queries';
import classes from './profile.module.css';

/** Who I am to the portal, and how it looks to me. */
export function ProfilePage() {
  const { t } = useTranslation();
  const me = useMe();
  useTitle(t('profile.title'));
  const queries = useQueryClient();
  return (
    <Stack gap="md" className={classes.page}>
      <Title order={1}>{t('profile.title')}</Title>
      <Part title={t('profile.about')}>
        <AboutForm me={me} />
      </Part>
      <Part title={t('profile.look')}>
        <Look />
      </Part>
      <Part title={t('profile.companies')}>
        <ul className={classes.companies}>
          {me.companies.map((company) => (
            <Company key={company.id} company={company} />
          ))}
        </ul>
      </Part>
      <Part title={t('profile.password')}>
        <ChangePasswordForm />
      </Part>
      <Button
        variant="default"
        leftSection={<IconLogout size={18} aria-hidden />}
        onClick={() => void endSession(queries)}
      >
        {t('profile.signOut')}
      </Button>
    </Stack>
  );
}

function Look() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const update = useUpdateMe();
  const changeLanguage = (locale: Locale) => {
    void i18n.changeLanguage(locale);
    update.mutate({ locale });
  };
  return (
    <Stack gap="sm">
      <div>
        <Text size="sm" fw={500} mb={4}>
          {t('profile.language')}
        </Text>
        <SegmentedControl
          aria-label={t('profile.language')}
          value={i18n.language}
          onChange={(locale) => changeLanguage(locale as Locale)}
          data={LOCALES.map((locale) => ({ value: locale, label: NAMES[locale] }))}
        />
      </div>
      <div>
        <Text size="sm" fw={500} mb={4}>
          {t('profile.theme')}
        </Text>
        <SegmentedControl
          aria-label={t('profile.theme')}
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
          data={[
            { value: 'light', label: t('profile.themeLight') },
            { value: 'dark', label: t('profile.themeDark') },
            { value: 'auto', label: t('profile.themeAuto') },
          ]}
        />
      </div>
    </Stack>
  );
}

const NAMES = { ru: 'Русский', en: 'English' };

function Company({ company: { name, rights } }: { company: MyCompany }) {
  const { t } = useTranslation();
  const words = [
    rights.seesCompany ? t('profile.seesCompany') : t('profile.ownOnly'),
    rights.closesCompany && t('profile.closesCompany'),
    rights.isAdmin && t('profile.isAdmin'),
  ];
  return (
    <li>
      <Text fw={550}>{name}</Text>
      <Text size="sm" c="dimmed">
        {words.filter(Boolean).join(', ')}
      </Text>
    </li>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part} aria-label={title}>
      <Title order={2} mb="sm">
        {title}
      </Title>
      {children}
    </section>
  );
}
