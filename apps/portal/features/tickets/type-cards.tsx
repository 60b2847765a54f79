import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowRight,
  IconHelpCircle,
  IconListCheck,
  IconMessageCircle,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PortalTicketType } from './tickets.queries';
import classes from './new-ticket.module.css';

type Props = { types: PortalTicketType[]; chosen: PortalTicketType | undefined; onChoose: (id: string | null) => void };

/** The types as cards; once one is chosen, only it stays, with a way to change it. */
export function TypeCards({ types, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  if (types.length === 1) return null;
  if (chosen)
    return (
      <div className={classes.chosen}>
        <TypeIcon code={chosen.code} />
        <strong>{chosen.name}</strong>
        <Button variant="subtle" size="compact-md" onClick={() => onChoose(null)}>
          {t('tickets.changeType')}
        </Button>
      </div>
    );
  return (
    <section aria-labelledby="pick-type">
      <h2 id="pick-type" className={classes.question}>
        {t('tickets.pickType')}
      </h2>
      <ul className={classes.types}>
        {types.map(({ id, code, name }) => (
          <li key={id}>
            <button type="button" className={classes.type} onClick={() => onChoose(id)}>
              <TypeIcon code={code} />
              <strong>{name}</strong>
              <IconArrowRight size={18} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

const ICONS: Record<string, typeof IconHelpCircle> = {
  incident: IconAlertTriangle,
  service_request: IconListCheck,
  consultation: IconMessageCircle,
};

function TypeIcon({ code }: { code: string }) {
  const Icon = ICONS[code] ?? IconHelpCircle;
  return <Icon size={24} stroke={1.7} aria-hidden className={classes.typeIcon} />;
}
