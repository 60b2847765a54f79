import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsString, Length, ValidateBy, ValidateIf } from 'class-validator';
import { moneyOf } from './route-choice';

const UNSEEN = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** One line of plain text: no control or direction marks, which would let a title lie in a mail or on paper. */
export const ApprovalLine = (min: number, max: number) =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && !value.includes('\0')
        ? value
            .replace(UNSEEN, '')
            .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
            .trim()
        : value,
    ),
    IsString(),
    Length(min, max),
  );

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

/** An amount as text with at most two decimals; may be left out or null. */
export const ApprovalMoney = () =>
  applyDecorators(
    ValidateIf((_, value) => value !== undefined && value !== null),
    IsAmount(),
  );

/** The same, but it must be there. */
export const ApprovalMoneyRequired = () => applyDecorators(IsAmount());
