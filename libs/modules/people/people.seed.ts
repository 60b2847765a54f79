import type { Ctx } from '@opora/platform/context';
import type { Employees } from './employees.service';
import { PRESET_ROLE_IDS, type PresetRoleCode } from './preset-roles';
import type { Teams } from './teams.service';

/** The password of every demo account. */
export const DEMO_PASSWORD = 'opora-demo';

export type DemoTeam = 'dispatch' | 'support' | 'field' | 'development' | 'experts';
export type DemoPeople = {
  teamIds: Record<DemoTeam, string>;
  employees: { id: string; name: string; email: string; role: PresetRoleCode; team?: DemoTeam }[];
};

const TEAMS: Record<
  DemoTeam,
  { name: string; line: number; forbidsClientReplies?: boolean; hidesClientContacts?: boolean }
> = {
  dispatch: { name: 'Диспетчерская', line: 1 },
  support: { name: 'Техническая поддержка', line: 2 },
  field: { name: 'Выездная служба', line: 2 },
  development: { name: 'Разработка', line: 3, forbidsClientReplies: true, hidesClientContacts: true },
  experts: { name: 'Экспертная группа', line: 4, hidesClientContacts: true },
};

type Row = [login: string, name: string, role: PresetRoleCode, team?: DemoTeam, extension?: string];
const PEOPLE: Row[] = [
  ['admin', 'Орлов Михаил', 'admin', undefined, '100'],
  ['dispatcher', 'Соколова Анна', 'dispatcher', 'dispatch', '101'],
  ['dispatcher2', 'Белова Ирина', 'dispatcher', 'dispatch', '102'],
  ['dispatcher3', 'Громов Денис', 'dispatcher', 'dispatch', '103'],
  ['engineer', 'Иванов Сергей', 'engineer', 'support', '201'],
  ['engineer2', 'Петрова Ольга', 'engineer', 'support', '202'],
  ['engineer3', 'Кузнецов Алексей', 'engineer', 'support', '203'],
  ['engineer4', 'Морозова Юлия', 'engineer', 'support', '204'],
  ['engineer5', 'Волков Артём', 'engineer', 'support', '205'],
  ['lead', 'Лебедев Андрей', 'line_lead', 'support', '200'],
  ['field', 'Новиков Павел', 'field_engineer', 'field', '301'],
  ['field2', 'Зайцев Роман', 'field_engineer', 'field', '302'],
  ['field3', 'Киселёв Игорь', 'field_engineer', 'field', '303'],
  ['developer', 'Фёдоров Никита', 'developer', 'development', '401'],
  ['developer2', 'Титова Мария', 'developer', 'development', '402'],
  ['developer3', 'Гусев Кирилл', 'developer', 'development', '403'],
  ['expert', 'Комаров Виктор', 'engineer', 'experts', '501'],
  ['expert2', 'Никитина Елена', 'engineer', 'experts', '502'],
  ['accountant', 'Полякова Светлана', 'accountant', undefined, '601'],
];

/** Employees and teams of the demo company, through the services; does nothing but find them the second time. */
export async function seedPeople(
  { employees, teams }: { employees: Employees; teams: Teams },
  ctx: Ctx,
): Promise<DemoPeople> {
  const present = new Map((await teams.directory(ctx, { limit: 200 })).map(({ id, name }) => [name, id]));
  const teamIds = {} as Record<DemoTeam, string>;
  for (const [key, team] of Object.entries(TEAMS) as [DemoTeam, (typeof TEAMS)[DemoTeam]][]) {
    teamIds[key] = present.get(team.name) ?? (await teams.create(ctx, team)).id;
  }
  const made: DemoPeople['employees'] = [];
  for (const [login, name, role, team, phoneExtension] of PEOPLE) {
    const email = `${login}@opora.demo`;
    const found = await employees.findByEmail(ctx, email);
    const facts = {
      name,
      email,
      phoneExtension,
      roleIds: [PRESET_ROLE_IDS[role]],
      teamIds: team ? [teamIds[team]] : [],
      password: DEMO_PASSWORD,
    };
    const { id } = found ?? (await employees.create(ctx, facts)).employee;
    made.push({ id, name, email, role, team });
  }
  const lead = made.find(({ role }) => role === 'line_lead');
  if (lead) await teams.update(ctx, teamIds.support, { leadId: lead.id });
  return { teamIds, employees: made };
}
