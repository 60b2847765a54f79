import { IconCheck, IconHelp, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './automation.module.css';
import type { ConditionLine } from './rules.queries';

/** A condition clause by clause: what was asked, what was found, whether it is enough. */
export function ConditionLines({ lines }: { lines: ConditionLine[] }) {
  const { t } = useTranslation();
  // A list of clauses that is the whole condition needs no line of its own.
  const [first] = lines;
  const isPlain = first?.joint === 'all' && first.depth === 0;
  const shown = isPlain ? lines.slice(1).map((line) => ({ ...line, depth: line.depth - 1 })) : lines;
  if (shown.length === 0) return <p className={classes.hint}>{t('automation.always')}</p>;
  return (
    <ul className={classes.lines} aria-label={t('automation.conditions')}>
      {shown.map((line) => (
        <li key={line.pointer} style={{ paddingInlineStart: 4 + line.depth * 16 }} data-joint={line.joint ?? undefined}>
          <Mark holds={line.holds} />
          {line.joint ? <span>{t(`automation.joint.${line.joint}`)}</span> : <Clause line={line} />}
        </li>
      ))}
    </ul>
  );
}

function Clause({ line }: { line: ConditionLine }) {
  const { t } = useTranslation();
  const nothing = t(line.holds === null ? 'automation.unknown' : 'automation.nothing');
  return (
    <span>
      {line.label} {t(`ui.conditions.op.${line.op}`)} {line.expected && <b>{line.expected}</b>}
      <span className={classes.actual}>
        {t('automation.actual')} {line.actual ?? nothing}
      </span>
    </span>
  );
}

function Mark({ holds }: { holds: boolean | null }) {
  const { t } = useTranslation();
  if (holds === null)
    return <IconHelp size={15} className={classes.maybe} role="img" aria-label={t('automation.verdict.maybe')} />;
  return holds ? (
    <IconCheck size={15} className={classes.yes} role="img" aria-label={t('automation.holds')} />
  ) : (
    <IconX size={15} className={classes.no} role="img" aria-label={t('automation.holdsNot')} />
  );
}
