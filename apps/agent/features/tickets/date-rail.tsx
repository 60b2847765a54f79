import { useFormat } from '@opora/ui/format';
import { useTranslation } from 'react-i18next';
import type { Block } from './conversation-blocks';
import classes from './conversation.module.css';

/** The days of a long conversation, to jump between. */
export function DateRail({ blocks, onPick }: { blocks: Block[]; onPick: (id: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const days = blocks.filter((block) => block.kind === 'day');
  if (days.length < 3) return null;
  return (
    <nav className={classes.rail} aria-label={t('tickets.conversation.days')}>
      {days.map(({ id, at }) => (
        <button key={id} type="button" className={classes.railDay} onClick={() => onPick(id)}>
          {format.date(at)}
        </button>
      ))}
    </nav>
  );
}
