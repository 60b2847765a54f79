import { Group, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import classes from './page.module.css';

type Props = { title: string; actions?: ReactNode; toolbar?: ReactNode; children: ReactNode; isWide?: boolean };

/** A screen with a heading, its actions and a body that scrolls. */
export function Page({ title, actions, toolbar, children, isWide = false }: Props) {
  useEffect(() => {
    document.title = `${title} · Opora`;
  }, [title]);
  return (
    <section className={classes.page} aria-label={title}>
      <header className={classes.header}>
        <Title order={1}>{title}</Title>
        <Group gap="xs">{actions}</Group>
      </header>
      {toolbar && <div className={classes.toolbar}>{toolbar}</div>}
      <div className={isWide ? classes.wide : classes.body}>{children}</div>
    </section>
  );
}
