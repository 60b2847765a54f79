import { Button, Group, Title } from '@mantine/core';
import { useEffect, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './account.module.css';

/** The narrow form before the product. */
export function Doorway({
  title,
  onSubmit,
  children,
}: {
  title: string;
  onSubmit: (event: FormEvent) => void;
  children: ReactNode;
}) {
  const { t, i18n } = useTranslation();
  const other = i18n.language === 'ru' ? 'en' : 'ru';
  useEffect(() => {
    document.title = `${title} · Opora`;
  }, [title]);
  return (
    <main className={classes.doorway}>
      <form className={classes.door} onSubmit={onSubmit}>
        <Group justify="space-between" wrap="nowrap">
          <Group gap="xs">
            <img src="/icon.svg" width={28} height={28} alt="" />
            <span className={classes.brand}>Opora</span>
          </Group>
          <Button variant="subtle" color="gray" lang={other} onClick={() => void i18n.changeLanguage(other)}>
            {t(`account.language.${other}`)}
          </Button>
        </Group>
        <Title order={1}>{title}</Title>
        {children}
      </form>
    </main>
  );
}
