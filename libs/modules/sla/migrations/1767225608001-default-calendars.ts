import type { MigrationInterface, QueryRunner } from 'typeorm';
import holidays from '../data/holidays-ru.json';

/** Fixed ids, so that an export of one installation fits another. */
const id = (number: number): string => `01940000-0000-7000-8000-000010${String(number).padStart(6, '0')}`;

const OFFICE = [{ from: '09:00', to: '18:00' }];
const ALWAYS = [{ from: '00:00', to: '24:00' }];
const WORKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'];
const DAYS = [...WORKDAYS, 'sat', 'sun'];
const weekOf = (days: string[], intervals: object[]) =>
  Object.fromEntries(DAYS.map((day) => [day, days.includes(day) ? intervals : []]));

const CALENDARS = [
  { id: id(1), code: 'office', name: '9:00–18:00, 5/2', week: weekOf(WORKDAYS, OFFICE), holidays: 'ru' },
  { id: id(2), code: 'always', name: '24/7', week: weekOf(DAYS, ALWAYS), holidays: null },
];

/** The production calendars of Russia and two calendars everybody needs. */
export class DefaultCalendars1767225608001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [year, days] of Object.entries(holidays.years))
      await runner.query(
        `INSERT INTO "holiday_year" ("country", "year", "days", "updatedAt") VALUES ('ru', $1, $2, now())`,
        [Number(year), JSON.stringify(days)],
      );
    const all = JSON.stringify(Object.values(holidays.years).flat());
    for (const { id, code, name, week, holidays } of CALENDARS) {
      await runner.query(
        `INSERT INTO "work_calendar" ("id", "code", "name", "timeZone", "week", "yearly", "dated", "holidays", "version", "createdAt", "updatedAt")
         VALUES ($1, $2, $3, 'Europe/Moscow', $4, '{}', '{}', $5, 1, now(), now())`,
        [id, code, name, JSON.stringify(week), holidays],
      );
      const definition = { timeZone: 'Europe/Moscow', week, yearly: {}, dated: {}, holidays };
      await runner.query(
        `INSERT INTO "work_calendar_version" ("calendarId", "version", "definition", "holidayDays", "createdAt") VALUES ($1, 1, $2, $3, now())`,
        [id, JSON.stringify(definition), holidays ? all : '[]'],
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    const ids = [CALENDARS.map(({ id }) => id)];
    await runner.query(`DELETE FROM "work_calendar_version" WHERE "calendarId" = ANY($1)`, ids);
    await runner.query(`DELETE FROM "work_calendar" WHERE "id" = ANY($1)`, ids);
    await runner.query(`DELETE FROM "holiday_year" WHERE "country" = 'ru'`);
  }
}
