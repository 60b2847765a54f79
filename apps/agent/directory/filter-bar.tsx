import type { ReactNode } from 'react';
import classes from './directory.module.css';

/** Search and filters above a list. */
export const FilterBar = ({ children }: { children: ReactNode }) => <div className={classes.filters}>{children}</div>;
