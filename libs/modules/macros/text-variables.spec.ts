import { fillText, textFaults } from './text-variables';
import { firstNameOf } from './text-values.service';

describe('texts with variables', () => {
  it.each([
    ['{{contact.name}}', []],
    ['{{#object.name}}на {{object.name}}{{/object.name}}{{^object.name}}—{{/object.name}}', []],
    ['{{cf.serial}} {{cf.secret}}', ['unknown cf.secret']],
    ['{{contact.nme}} {{contact.nme}}', ['unknown contact.nme']],
    ['{{{company.name}}}', ['unsupported company.name']],
    ['{{&company.name}}', ['unsupported company.name']],
    ['{{> part}}', ['unsupported part']],
    ['{{=<% %>=}}', ['unsupported <% %>']],
    ['{{.}}', ['unknown .']],
    ['{{constructor.name}}{{__proto__.x}}', ['unknown constructor.name', 'unknown __proto__.x']],
    ['{{#company.name}}', ['broken']],
    ['{{company.name', ['broken']],
  ])('T-16: %s has the faults %j', (text, faults) => {
    const told = textFaults(text, new Set(['serial'])).map((fault) =>
      'name' in fault ? `${fault.kind} ${fault.name}` : fault.kind,
    );
    expect(told).toEqual(faults);
  });

  it('T-16: values are escaped, and their own brackets are only text', () => {
    const values = { company: { name: '<img src=x onerror=alert(1)> {{me.name}} & "Ко"' }, me: { name: 'Я' } };
    expect(fillText('<p>{{company.name}}</p>', values)).toBe(
      '<p>&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt; {{me.name}} &amp; &quot;Ко&quot;</p>',
    );
  });

  it.each([
    ['Петров Иван Сергеевич', 'Иван Сергеевич'],
    ['Давиденко Олег', 'Олег'],
    ['Олег Давиденко', 'Олег'],
    ['Марина Иванова', 'Марина'],
    ['Иванова Марина', 'Марина'],
    ['Мария', 'Мария'],
    ['Ivan Petrov', 'Ivan'],
    ['', ''],
  ])('T-16: «%s» is addressed «%s»', (name, addressed) => {
    expect(firstNameOf(name, 'ru')).toBe(addressed);
  });
});
