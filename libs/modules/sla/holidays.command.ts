import { readFile } from 'node:fs/promises';
import { Command, CommandError, type CommandInput, need } from '@opora/platform/cli';
import { text } from '@opora/platform/i18n';
import { Injectable } from '@nestjs/common';
import { Holidays, holidayProblems } from './holidays.service';
import type { HolidayDay } from './work-calendar.entity';

/** Later production calendars come from a file, without waiting for a new version of the product. */
@Injectable()
export class HolidayCommands {
  constructor(private readonly holidays: Holidays) {}

  @Command({
    name: 'sla holidays import',
    summary: 'Take years of a production calendar from a JSON file; calendars that follow the country change with it',
    options: [
      { flags: '--country <code>', description: 'two small letters, such as ru' },
      {
        flags: '--file <path>',
        description: '{"years": {"2027": [{"date": "2027-01-01", "kind": "off|short|working"}]}}',
      },
    ],
    writes: true,
  })
  async import({ ctx, options }: CommandInput): Promise<object> {
    const country = need(options, 'country');
    if (!/^[a-z]{2}$/.test(country)) throw new CommandError('--country is two small letters, such as ru', 2);
    const years = await readYears(need(options, 'file'));
    const wrong = years.flatMap(({ year, days }) => holidayProblems(days, year, `/years/${year}`));
    if (wrong.length)
      throw new CommandError(
        wrong
          .slice(0, 20)
          .map(
            ({ pointer, code, message }) => `${pointer}: ${text('en', `errors.${code}`, { values: message.slice(2) })}`,
          )
          .join('\n'),
        2,
      );
    let calendars = 0;
    for (const { year, days } of years) calendars = (await this.holidays.put(ctx, country, year, days)).followers;
    return {
      country,
      years: years.map(({ year, days }) => ({ year, ...countsOf(days) })),
      calendars,
    };
  }
}

const countsOf = (days: readonly HolidayDay[]) =>
  Object.fromEntries(['off', 'short', 'working'].map((kind) => [kind, days.filter((day) => day.kind === kind).length]));

async function readYears(path: string): Promise<{ year: number; days: HolidayDay[] }[]> {
  const raw = await readFile(path, 'utf8').catch(() => {
    throw new CommandError(`the file ${path} cannot be read`, 2);
  });
  const shape = new CommandError(`${path} is not {"years": {"<year>": [{"date", "kind"}]}}`, 2);
  let years: unknown;
  try {
    years = (JSON.parse(raw) as { years?: unknown }).years;
  } catch {
    throw shape;
  }
  if (typeof years !== 'object' || years === null || !Object.keys(years).length) throw shape;
  return Object.entries(years).map(([year, days]) => {
    const isDays =
      Array.isArray(days) &&
      days.every((day: Partial<HolidayDay> | null) => typeof day?.date === 'string' && typeof day.kind === 'string');
    if (!/^(19|20|21)\d\d$/.test(year) || !isDays) throw shape;
    return { year: Number(year), days: days as HolidayDay[] };
  });
}
