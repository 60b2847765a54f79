import { useFormat } from '@opora/ui/format';
import { IconCheck, IconTrendingDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { shareText } from './report-period';
import classes from './report.module.css';
import { OUTCOMES, type Outcome, type ReportBy, type ReportRow } from './sla.types';

/** What a service company promises itself. */
const GOAL = 0.9;

type Props = {
  rows: ReportRow[];
  /** All rows together. */
  whole: ReportRow;
  by: ReportBy;
  onOpen: (row: ReportRow | null, outcome: Outcome | null) => void;
};

/** Rows with their share against the goal; every number is a way into its tickets. */
export function ReportTable({ rows, whole, by, onOpen }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t(`sla.report.byWhat.${by}`)}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t(`sla.report.byWhat.${by}`)}</th>
            <th scope="col" className={classes.shareHead}>
              {t('sla.report.share')}
            </th>
            {[...OUTCOMES, 'total' as const].map((each) => (
              <th key={each} scope="col" className={classes.number}>
                {t(`sla.report.${each}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.key ?? 'none'} row={row} onOpen={(outcome) => onOpen(row, outcome)} />
          ))}
        </tbody>
        <tfoot>
          <Row row={{ ...whole, name: t('sla.report.all') }} onOpen={(outcome) => onOpen(null, outcome)} />
        </tfoot>
      </table>
      <p className={classes.note}>{t('sla.report.goalNote')}</p>
    </div>
  );
}

function Row({ row, onOpen }: { row: ReportRow; onOpen: (outcome: Outcome | null) => void }) {
  const { t } = useTranslation();
  const figure = (outcome: Outcome | null, count: number) => (
    <td className={classes.number} data-name={t(`sla.report.${outcome ?? 'total'}`)}>
      {count === 0 ? (
        <span className={classes.dim}>0</span>
      ) : (
        <button
          type="button"
          className={classes.figure}
          aria-label={`${row.name}: ${t(`sla.report.${outcome ?? 'total'}`)} — ${count}`}
          onClick={() => onOpen(outcome)}
        >
          {count}
        </button>
      )}
    </td>
  );
  return (
    <tr>
      <th scope="row" className={classes.name}>
        {row.name}
      </th>
      <td>
        <Share share={row.share} />
      </td>
      {figure('met', row.met)}
      {figure('breached', row.breached)}
      {figure('excused', row.excused)}
      {figure(null, row.total)}
    </tr>
  );
}

function Share({ share }: { share: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (share === null) return <span className={classes.dim}>—</span>;
  const isGood = share >= GOAL;
  return (
    <span className={classes.share} data-good={isGood}>
      <span className={classes.track} aria-hidden>
        <span className={classes.fill} style={{ width: `${share * 100}%` }} />
        <span className={classes.goal} style={{ left: `${GOAL * 100}%` }} />
      </span>
      <span className={classes.percent}>{shareText(share, format.number)}</span>
      {isGood ? (
        <IconCheck size={15} aria-label={t('sla.report.atGoal')} />
      ) : (
        <IconTrendingDown size={15} aria-label={t('sla.report.belowGoal')} />
      )}
    </span>
  );
}
