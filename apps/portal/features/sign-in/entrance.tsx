import type { ReactNode } from 'react';
import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LOCALES } from '@opora/ui/i18n';
import { useTitle } from '@/use-title';
import classes from './entrance.module.css';

/** The frame of the pages before the sign-in: a card, and the choice of a language under it. */
export function Entrance({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  const { t, i18n } = useTranslation();
  useTitle(title);
  return (
    <main className={classes.entrance}>
      <div className={classes.brand}>
        <img src="/portal/icon.svg" alt="" width={44} height={44} />
        <span>{t('app.brand')}</span>
      </div>
      <Paper withBorder p="lg" radius="md" className={classes.card}>
        <Title order={1}>{title}</Title>
        {lead && (
          <Text c="dimmed" mt={4}>
            {lead}
          </Text>
        )}
        <div className={classes.body}>{children}</div>
      </Paper>
      <Group gap={4} role="group" aria-label={t('signIn.language')}>
        {LOCALES.map((locale) => (
          <Button
            key={locale}
            variant={i18n.language === locale ? 'light' : 'subtle'}
            size="compact-md"
            lang={locale}
            aria-pressed={i18n.language === locale}
            onClick={() => void i18n.changeLanguage(locale)}
          >
            {NAMES[locale]}
          </Button>
        ))}
      </Group>
    </main>
  );
}

const NAMES = { ru: 'Русский', en: 'English' };
