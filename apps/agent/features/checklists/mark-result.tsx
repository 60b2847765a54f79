import { useFormat } from '@opora/ui/format';
import { useTranslation } from 'react-i18next';
import classes from './checklists.module.css';
import type { Item, Mark } from './checklists.queries';

/** What a tick left behind. */
export function MarkResult({ item, mark }: { item: Item; mark: Mark }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { result, files, state, reason } = mark;
  if (state === 'not_applicable')
    return (
      <span className={classes.skipped}>{[t('checklists.notApplicable'), reason].filter(Boolean).join(': ')}</span>
    );
  return (
    <>
      {result !== null && (
        <b className={classes.result}>
          {typeof result === 'number' ? format.number(result) : result} {item.resultLimits.unit}
        </b>
      )}
      {files.length > 0 && (
        <span className={classes.photos}>
          {files.map(({ id, name, url }) => (
            <a key={id} href={url} target="_blank" rel="noreferrer">
              <img src={url} alt={name} loading="lazy" />
            </a>
          ))}
        </span>
      )}
    </>
  );
}
