import type { Ctx } from '@opora/platform/context';
import type { CustomFieldDefinitions } from './custom-field-definitions.service';
import type { FieldOption, LocalText } from './custom-field.entity';
import type { CreateCustomField } from './custom-fields.dto';
import type { CreateFormRule } from './form-rules.dto';
import type { FormRules } from './form-rules.service';

const name = (ru: string, en: string): LocalText => ({ ru, en });
const option = (value: string, ru: string, en: string): FieldOption => ({
  value,
  label: { ru, en },
  isArchived: false,
});

const FIELDS: CreateCustomField[] = [
  {
    subject: 'ticket',
    code: 'work_kind',
    name: name('Тип работ', 'Kind of work'),
    type: 'select',
    options: [
      option('repair', 'Ремонт', 'Repair'),
      option('replacement', 'Замена оборудования', 'Replacement'),
      option('setup', 'Настройка', 'Setup'),
      option('consultation', 'Консультация', 'Consultation'),
      option('paid', 'Платные работы', 'Paid work'),
    ],
    isClientVisible: true,
  },
  {
    subject: 'ticket',
    code: 'serial_number',
    name: name('Серийный номер', 'Serial number'),
    hint: name('На шильдике, обычно сзади или снизу', 'On the plate, usually at the back or below'),
    type: 'text',
    config: { maxLength: 60 },
    isClientVisible: true,
    isClientEditable: true,
  },
  {
    subject: 'ticket',
    code: 'registers',
    name: name('Количество касс', 'Cash registers'),
    type: 'number',
    config: { min: 0, max: 500, decimals: 0 },
    isClientVisible: true,
    isClientEditable: true,
  },
  {
    subject: 'ticket',
    code: 'work_cost',
    name: name('Стоимость работ', 'Cost of work'),
    type: 'money',
    config: { min: '0' },
    isClientVisible: true,
  },
  {
    subject: 'ticket',
    code: 'cost_per_register',
    name: name('Стоимость на кассу', 'Cost per register'),
    type: 'formula',
    config: { formula: 'if(registers > 0, work_cost / registers, work_cost)', decimals: 2 },
  },
  {
    subject: 'ticket',
    code: 'reason',
    name: name('Причина', 'Cause'),
    type: 'select',
    options: [
      option('wear', 'Износ', 'Wear'),
      option('power', 'Электропитание', 'Power'),
      option('software', 'Программа', 'Software'),
      option('user', 'Ошибка пользователя', 'User error'),
      option('damage', 'Повреждение', 'Damage'),
    ],
  },
  {
    subject: 'company',
    code: 'contract_number',
    name: name('Номер договора', 'Contract number'),
    type: 'text',
    config: { maxLength: 40 },
  },
  {
    subject: 'company',
    code: 'region',
    name: name('Регион', 'Region'),
    type: 'select',
    options: [
      option('center', 'Центр', 'Centre'),
      option('north_west', 'Северо-Запад', 'North-West'),
      option('volga', 'Поволжье', 'Volga'),
      option('siberia', 'Сибирь', 'Siberia'),
    ],
  },
  { subject: 'contact', code: 'birthday', name: name('День рождения', 'Birthday'), type: 'date' },
  {
    subject: 'object',
    code: 'area',
    name: name('Площадь, м²', 'Area, m²'),
    type: 'number',
    config: { min: 0, decimals: 1 },
    isClientVisible: true,
  },
];

const RULES: CreateFormRule[] = [
  {
    name: 'Тип работ виден всегда',
    when: { all: [] },
    effects: [{ field: 'cf.work_kind', effect: 'show' }],
  },
  {
    name: 'Замена — с серийным номером',
    when: { field: 'cf.work_kind', op: 'is', value: 'replacement' },
    effects: [
      { field: 'cf.serial_number', effect: 'require' },
      { field: 'cf.reason', effect: 'show' },
    ],
  },
  {
    name: 'Платные работы — с суммой',
    when: { field: 'cf.work_kind', op: 'is', value: 'paid' },
    effects: [
      { field: 'cf.work_cost', effect: 'require' },
      { field: 'cf.registers', effect: 'show' },
      { field: 'cf.cost_per_register', effect: 'show' },
    ],
  },
];

/** Fields and rules of the demo company, through the services; what is there already stays as it is. */
export async function seedFields(
  { definitions, rules }: { definitions: CustomFieldDefinitions; rules: FormRules },
  ctx: Ctx,
): Promise<void> {
  const lists = [await definitions.list(ctx, {}), await definitions.list(ctx, { archived: true })];
  const present = new Set(lists.flat().map(({ subject, code }) => `${subject} ${code}`));
  for (const field of FIELDS) if (!present.has(`${field.subject} ${field.code}`)) await definitions.create(ctx, field);
  const named = new Set((await rules.list(ctx, 'ticket')).map((rule) => rule.name));
  for (const rule of RULES) if (!named.has(rule.name)) await rules.create(ctx, rule);
}
