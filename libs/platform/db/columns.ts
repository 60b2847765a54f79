import { Column, type ColumnOptions, PrimaryColumn } from 'typeorm';
import { v7 } from 'uuid';

/** A new id: UUIDv7, so that rows sort by birth. */
export const newId = (): string => v7();

/** Primary key, UUIDv7, set by the code that makes the row. */
export const Id = (): PropertyDecorator => PrimaryColumn('uuid');

/** Money in whole kopecks. */
export const Money = (options: ColumnOptions = {}): PropertyDecorator =>
  Column({ type: 'bigint', transformer: { to: (value: number) => value, from: Number }, ...options });

/** A moment, `timestamptz` with milliseconds. */
export const Timestamp = (options: ColumnOptions = {}): PropertyDecorator =>
  Column({ type: 'timestamptz', precision: 3, ...options });
