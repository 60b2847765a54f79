import type { TestApi, TestPerson } from '@opora/platform/testing';

/** What somebody fills in; mail knows the subject and the text alone. */
export type FilledForm = { subject: string; description?: string; customFields?: Record<string, unknown> };
export type FormCase = [name: string, form: FilledForm, refused: [pointer: string, code: string][]];

const required = (pointer: string): [string, string] => [pointer, 'tickets.fieldRequired'];

/** The same rules give the same verdict, whoever asks: agents, API, portal, mail. */
export const FORM_CASES: readonly FormCase[] = [
  ['nothing special is asked', { subject: 'Не печатает' }, []],
  [
    'two fields become required',
    { subject: 'Возврат товара' },
    [required('/customFields/order'), required('/objectId')],
  ],
  [
    'what is given is not asked again',
    { subject: 'Возврат товара', customFields: { order: '17' } },
    [required('/objectId')],
  ],
  ['a later rule overrides', { subject: 'Возврат без заказа' }, [required('/objectId')]],
  ['a hidden field is never required', { subject: 'Возврат', description: 'только текст' }, [required('/objectId')]],
  [
    'a checkbox makes a field required',
    { subject: 'x', customFields: { warranty: true } },
    [required('/customFields/serial')],
  ],
  ['an empty checkbox does not', { subject: 'x', customFields: { warranty: false } }, []],
  ['a text by its beginning', { subject: 'СРОЧНО нет света' }, [required('/customFields/reason')]],
  [
    'a value that is not allowed here',
    { subject: 'Срочно', customFields: { reason: 'wish' } },
    [['/customFields/reason', 'fields.fieldNotAllowed']],
  ],
  ['the allowed value', { subject: 'Срочно', customFields: { reason: 'outage' } }, []],
  ['files', { subject: 'Смотрите фото' }, [required('/files')]],
];

const label = (text: string) => ({ ru: text, en: text });
const FIELDS = [
  { code: 'order', type: 'text' },
  { code: 'serial', type: 'text' },
  { code: 'warranty', type: 'checkbox' },
  {
    code: 'reason',
    type: 'select',
    options: [
      { value: 'outage', label: label('Не работает') },
      { value: 'wish', label: label('Пожелание') },
    ],
  },
];
const says = (op: string, value: string, field = 'subject') => ({ all: [{ field, op, value }] });
const RULES = [
  {
    name: 'Возврат',
    when: says('contains', 'возврат'),
    effects: [
      { field: 'cf.order', effect: 'require' },
      { field: 'objectId', effect: 'require' },
    ],
  },
  {
    name: 'Без заказа',
    when: says('contains', 'без заказа'),
    effects: [{ field: 'cf.order', effect: 'optional' }],
  },
  {
    name: 'Только текст',
    when: says('contains', 'только текст', 'description'),
    effects: [{ field: 'cf.order', effect: 'hide' }],
  },
  {
    name: 'Гарантия',
    when: { all: [{ field: 'cf.warranty', op: 'is', value: true }] },
    effects: [{ field: 'cf.serial', effect: 'require' }],
  },
  {
    name: 'Срочно',
    when: says('starts_with', 'срочно'),
    effects: [
      { field: 'cf.reason', effect: 'require' },
      { field: 'cf.reason', effect: 'allow', values: ['outage'] },
    ],
  },
  { name: 'Фото', when: says('contains', 'фото'), effects: [{ field: 'files', effect: 'require' }] },
];

/** The fields, the default type's form and the rules that FORM_CASES speak of. */
export async function prepareFormCases(api: TestApi, admin: TestPerson): Promise<void> {
  const as = api.as(admin);
  for (const field of FIELDS) {
    const shown = { isClientVisible: true, isClientEditable: true };
    await as
      .post('/custom-fields')
      .send({ subject: 'ticket', name: label(field.code), ...shown, ...field })
      .expect(201);
  }
  const asked = ['description', 'objectId', 'files', ...FIELDS.map(({ code }) => `cf.${code}`)];
  const plain = { isAsked: true, isRequired: false };
  const form = asked.map((field) => ({ field, ...plain, portal: plain }));
  const { body } = await as.get('/ticket-types').expect(200);
  const type = body.data.find(({ isDefault }: { isDefault: boolean }) => isDefault);
  await as.patch(`/ticket-types/${type.id}`).send({ form }).expect(200);
  for (const rule of RULES) await as.post('/form-rules').send(rule).expect(201);
}
