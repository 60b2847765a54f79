import { Avatar, Menu, Text } from '@mantine/core';
import { useMe } from '@/api';
import { LOCALES } from '@opora/ui/i18n';
import { ThemeMenuItems } from '@opora/ui/theme';
import { IconCheck, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { signOut } from '../features/account/account.queries';
import classes from './shell.module.css';

/** Profile, theme, language, the way out. */
export function PersonMenu() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  return (
    <Menu position="top-start" width={220} returnFocus>
      <Menu.Target>
        <button type="button" className={classes.person}>
          <Avatar size={24} name={me.name} color="initials" alt="" />
          <Text size="sm" truncate>
            {me.name}
          </Text>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCircle size={16} />}>
          {t('account.title')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('app.theme')}</Menu.Label>
        <ThemeMenuItems />
        <Menu.Divider />
        <Menu.Label>{t('account.language.label')}</Menu.Label>
        {LOCALES.map((locale) => (
          <Menu.Item
            key={locale}
            lang={locale}
            role="menuitemradio"
            aria-checked={i18n.language === locale}
            rightSection={i18n.language === locale ? <IconCheck size={14} /> : null}
            onClick={() => void i18n.changeLanguage(locale)}
          >
            {t(`account.language.${locale}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
