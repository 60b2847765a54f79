import type { Ctx } from '@opora/platform/context';
import type { Db } from '@opora/platform/db';
import type { ChecklistItemInput } from './checklist-items.dto';
import type { ChecklistMarks } from './checklist-marks.service';
import type { ChecklistTemplates } from './checklist-templates.service';
import type { Checklists } from './checklists.service';

type Services = { db: Db; templates: ChecklistTemplates; checklists: Checklists; marks: ChecklistMarks };

const LAUNCH: ChecklistItemInput[] = [
  { kind: 'heading', title: 'Рабочее место' },
  { title: 'Касса включается и видит сеть', isRequired: true, plannedSeconds: 300 },
  {
    title: 'Напряжение в розетке',
    resultKind: 'number',
    resultLimits: { min: 210, max: 240, decimals: 1, unit: 'В' },
    isRequired: true,
  },
  { title: 'Серийный номер фискального накопителя', resultKind: 'code', hint: 'Штрихкод на корпусе' },
  { kind: 'heading', title: 'Проверка' },
  { kind: 'subheading', title: 'Печать' },
  { title: 'Пробный чек', resultKind: 'photo', isRequired: true, isClientVisible: true },
  {
    title: 'Качество печати',
    resultKind: 'choice',
    resultLimits: { options: ['хорошее', 'бледное', 'полосы'] },
    isClientVisible: true,
  },
  { kind: 'subheading', title: 'Сдача' },
  { title: 'Кассир обучен', isRequired: true, isClientVisible: true, plannedSeconds: 900 },
  { title: 'Подпись ответственного на объекте', resultKind: 'signature', isClientVisible: true },
];
const UPDATE: ChecklistItemInput[] = [
  { title: 'Закрыта смена', isRequired: true },
  { title: 'Установлена версия', resultKind: 'text', hint: 'Номер версии из окна «О программе»' },
  { title: 'Проверен вход', isRequired: true, isClientVisible: true },
  { title: 'Напечатан отчёт' },
];
const ROUND: ChecklistItemInput[] = [
  { kind: 'heading', title: 'Осмотр' },
  {
    title: 'Внешний вид оборудования',
    resultKind: 'choice',
    resultLimits: { options: ['исправно', 'есть замечания'] },
  },
  { title: 'Температура в стойке', resultKind: 'number', resultLimits: { max: 35, unit: '°C' } },
  { title: 'Пыль убрана' },
  { title: 'Фото стойки', resultKind: 'photo', resultLimits: { isOptional: true } },
];
const CASHIERS = [
  'Касса 1',
  'Касса 2',
  'Касса 3',
  'Касса 4',
  'Касса 5',
  'Касса 6',
  'Касса 7',
  'Касса 8',
  'Самообслуживание 1',
  'Самообслуживание 2',
];

/** Templates, and some of them on open tickets of the demo company, part of the way done. */
export async function seedChecklists({ db, templates, checklists, marks }: Services, ctx: Ctx): Promise<void> {
  if ((await db.query(ctx, 'SELECT 1 FROM checklist_template LIMIT 1')).length) return;
  const typeOf = async (code: string): Promise<string[]> =>
    (await db.query<{ id: string }>(ctx, 'SELECT id FROM ticket_type WHERE code = $1', [code])).map(({ id }) => id);
  const launch = await templates.create(ctx, {
    name: 'Ввод кассы в работу',
    typeIds: await typeOf('service_request'),
    items: LAUNCH,
  });
  const update = await templates.create(ctx, { name: 'Обновление кассовых мест', axis: 'objects', items: UPDATE });
  await templates.create(ctx, {
    name: 'Обход серверной',
    typeIds: await typeOf('inner'),
    isAutomatic: true,
    items: ROUND,
  });
  const open = await db.query<{ id: string; updatedAt: Date; type: string }>(
    ctx,
    `SELECT t.id, t."updatedAt", y.code AS type FROM ticket t JOIN ticket_type y ON y.id = t."typeId"
     WHERE t."statusCategory" = 'in_work' ORDER BY t.number DESC LIMIT 24`,
  );
  for (const [index, { id, updatedAt, type }] of open.entries()) {
    const then: Ctx = { ...ctx, now: () => updatedAt };
    if (type !== 'service_request' && index % 6 !== 0) continue;
    if (index % 6 === 0) {
      const subjects = CASHIERS.map((name) => ({ name }));
      const list = await checklists.create(then, id, { templateId: update.id, subjects });
      const first = list.items[0]!.id;
      const done = list.subjects.slice(0, 6).map((subject) => ({ itemId: first, subjectId: subject.id }));
      await marks.markMany(
        then,
        list.id,
        done.map((cell) => ({ ...cell, state: 'done' as const })),
      );
      continue;
    }
    const list = await checklists.create(then, id, { templateId: launch.id });
    const [, power, volts] = list.items;
    await marks.markMany(then, list.id, [
      { itemId: power!.id, state: 'done' },
      { itemId: volts!.id, state: 'done', result: 221.5 + (index % 10) },
    ]);
  }
}
