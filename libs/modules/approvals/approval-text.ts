import { applyDecorators } from '@nestjs/common';
import { ValidateBy, ValidateIf } from 'class-validator';
import { moneyOf } from './route-choice';

/** How amounts and ids that may be missing are described. */
export const NULLABLE_MONEY = { type: String, nullable: true, example: '432500.00' } as const;
export const OPTIONAL_UUID = { type: String, format: 'uuid', required: false, nullable: true } as const;
export const OPTIONAL_NUMBER = { type: Number, required: false, nullable: true } as const;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const checked = (name: string, validate: (value: unknown) => boolean): PropertyDecorator =>
  ValidateBy({ name, validator: { validate } });

export const isApprovalDay = (value: unknown): boolean =>
  typeof value === 'string' &&
  DAY.test(value) &&
  value >= '1970' &&
  !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) &&
  new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);

/** A day that exists. */
export const ApprovalDay = () => checked('isDay', isApprovalDay);

const IsAmount = () => checked('isAmount', (value) => typeof value === 'string' && moneyOf(value) !== undefined);

/** May be left out or null; anything else must be valid. */
export const Given = () => ValidateIf((_, value) => value !== undefined && value !== null);

/** An amount as text with at most two decimals; may be left out or null. */
export const ApprovalMoney = () => applyDecorators(Given(), IsAmount());

/** The same, but it must be there. */
export const ApprovalMoneyRequired = IsAmount;
