import { useTranslation } from 'react-i18next';
import classes from './automation.module.css';

type Line = { label: string; before: string | null; after: string | null };

/** What changed or would change: before → after. */
export function ChangeLines({ title, lines }: { title: string; lines: Line[] }) {
  const { t } = useTranslation();
  const empty = t('automation.nothing');
  return (
    <div>
      <h4 className={classes.smallTitle}>{title}</h4>
      <ul className={classes.lines}>
        {lines.map(({ label, before, after }, index) => (
          <li key={`${index}:${label}`}>
            <span>
              {label}: {before !== null && <span className={classes.before}>{before}</span>}
              {before !== null && ' → '}
              <b>{after ?? empty}</b>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
