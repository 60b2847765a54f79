import { otherLayout, scoreOf } from './keyboard-layout';

it.each([
  ['pfzdrb', 'заявки'],
  ['заявки', 'pfzdrb'],
  ['ghbynth 7919', 'принтер 7919'],
  ['RJVGFYBZ', 'компания'],
])('%s on the other layout is %s', (typed, meant) => expect(otherLayout(typed)).toBe(meant));

it.each([
  ['Новая заявка', 'нов', true],
  ['Новая заявка', 'yjdfz', true],
  ['Новая заявка', 'заяв', true],
  ['Новая заявка', 'нвз', true],
  ['Новая заявка', 'склад', false],
  ['Сменить статус', 'cnfnec', true],
])('«%s» answers «%s»: %s', (label, query, answers) => expect(scoreOf(label, query) > 0).toBe(answers));

it('a beginning stands before the middle of a word', () => {
  expect(scoreOf('Заявки', 'зая')).toBeGreaterThan(scoreOf('К списку заявок', 'зая'));
});
