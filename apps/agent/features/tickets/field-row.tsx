import type { ReactNode } from 'react';
import classes from './ticket-pane.module.css';

type Props = { label: string; children: ReactNode; htmlFor?: string; isRequired?: boolean };

/** A row of the side panel; the label belongs to the control inside. */
export function FieldRow({ label, children, htmlFor, isRequired }: Props) {
  const name = (
    <>
      {label}
      {isRequired && (
        <span className={classes.star} aria-hidden>
          {' *'}
        </span>
      )}
    </>
  );
  return (
    <div className={classes.field}>
      {htmlFor ? (
        <label className={classes.fieldName} htmlFor={htmlFor}>
          {name}
        </label>
      ) : (
        <span className={classes.fieldName}>{name}</span>
      )}
      {children}
    </div>
  );
}
