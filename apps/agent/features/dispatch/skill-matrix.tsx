import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Skill, SkillLevel } from './dispatch.types';
import classes from './skills.module.css';

export type MatrixRow = { id: string; name: string; head: ReactNode; skills: SkillLevel[]; isOpen: boolean };
type Props = {
  label: string;
  corner: string;
  rows: MatrixRow[];
  skills: Skill[];
  /** The head of a skill's column. */
  renderSkill: (skill: Skill) => ReactNode;
  onChange: (row: MatrixRow, skills: SkillLevel[]) => void;
};

const LEVELS = 3;

/** Somebody or something × skills. A click takes the next level, 0–3 sets it, arrows move. */
export function SkillMatrix({ label, corner, rows, skills, renderSkill, onChange }: Props) {
  const levelOf = (row: MatrixRow, skillId: string): number =>
    row.skills.find((one) => one.skillId === skillId)?.level ?? 0;
  const set = (row: MatrixRow, skillId: string, level: number) =>
    onChange(row, [...row.skills.filter((one) => one.skillId !== skillId), ...(level ? [{ skillId, level }] : [])]);
  return (
    <div className={classes.scroller} role="region" aria-label={label} tabIndex={0}>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col" className={classes.corner}>
              {corner}
            </th>
            {skills.map((skill) => (
              <th key={skill.id} scope="col" className={classes.skill}>
                {renderSkill(skill)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" className={classes.rowHead}>
                {row.head}
              </th>
              {skills.map((skill) => (
                <td key={skill.id}>
                  <Cell
                    level={levelOf(row, skill.id)}
                    name={`${row.name}, ${skill.name}`}
                    isOpen={row.isOpen}
                    onLevel={(level) => set(row, skill.id, level)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type CellProps = { level: number; name: string; isOpen: boolean; onLevel: (level: number) => void };

function Cell({ level, name, isOpen, onLevel }: CellProps) {
  const { t } = useTranslation();
  const press = (event: KeyboardEvent<HTMLButtonElement>) => {
    const digit = /^(?:Digit|Numpad)([0-3])$/.exec(event.code)?.[1];
    if (digit !== undefined && isOpen) onLevel(Number(digit));
    else if (!move(event)) return;
    event.preventDefault();
  };
  const words = t(`dispatch.skills.level.${level}`);
  return (
    <button
      type="button"
      className={classes.cell}
      data-level={level}
      disabled={!isOpen}
      aria-label={`${name}: ${words}`}
      title={words}
      onClick={() => onLevel((level + 1) % (LEVELS + 1))}
      onKeyDown={press}
    >
      {level || '·'}
    </button>
  );
}

/** Moves to the cell beside; false for other keys. */
function move({ key, currentTarget }: KeyboardEvent<HTMLButtonElement>): boolean {
  const cell = currentTarget.closest('td');
  const row = cell?.parentElement as HTMLTableRowElement | null;
  if (!cell || !row) return false;
  const beside: Record<string, Element | null | undefined> = {
    ArrowLeft: cell.previousElementSibling,
    ArrowRight: cell.nextElementSibling,
    ArrowUp: row.previousElementSibling?.children[cell.cellIndex],
    ArrowDown: row.nextElementSibling?.children[cell.cellIndex],
  };
  if (!(key in beside)) return false;
  beside[key]?.querySelector('button')?.focus();
  return true;
}
