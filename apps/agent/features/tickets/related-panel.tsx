import { useTranslation } from 'react-i18next';
import { TicketLinks } from './ticket-links';
import classes from './ticket-pane.module.css';
import type { TicketView } from './tickets.types';

/** The parent ticket and the children. */
export function RelatedPanel({ ticket: { parent, children } }: { ticket: TicketView }) {
  const { t } = useTranslation();
  if (!parent && children.length === 0) return null;
  return (
    <section className={classes.section}>
      {parent && (
        <>
          <h2 className={classes.sectionTitle}>{t('tickets.parent')}</h2>
          <TicketLinks tickets={[parent]} />
        </>
      )}
      {children.length > 0 && (
        <>
          <h2 className={classes.sectionTitle}>{t('tickets.children')}</h2>
          <TicketLinks tickets={children} />
        </>
      )}
    </section>
  );
}
