import { composeHtml } from './mail-html';
import { foldText, quoteOffset } from './quote-fold';

describe('folding quotations of plain text', () => {
  it.each([
    [
      'Outlook ru',
      'Спасибо\n\nОт: Служба <support@x.ru>\nОтправлено: понедельник, 2 марта 2026\nКому: Иван\nТема: Принтер\n\nстарое',
    ],
    ['Outlook en', 'Thanks\n\nFrom: Support\nSent: Monday\nTo: Ivan\nSubject: Printer\n\nold'],
    ['Outlook bold', 'Thanks\n\n*From:* Support\n*Sent:* Monday\n\nold'],
    ['Gmail en', 'Thanks\n\nOn Mon, 2 Mar 2026 at 10:15, Support <support@x.ru> wrote:\n\n> old'],
    ['Gmail ru', 'Спасибо\n\nпн, 2 мар. 2026 г. в 10:15, Служба <support@x.ru>:\n\n> старое'],
    ['Thunderbird ru', 'Спасибо\n\n02.03.2026 10:15, Служба пишет:\n> старое'],
    ['The Bat', 'Спасибо\n\n2 марта 2026 г., Служба написал(а):\n\n> старое'],
    ['two lines', 'Thanks\n\nOn Mon, 2 Mar 2026 at 10:15, Support and a very long name\n<support@x.ru> wrote:\n> old'],
    ['divider', 'Thanks\n\n-----Original Message-----\nold'],
    ['divider ru', 'Спасибо\n\n-------- Пересылаемое сообщение --------\nстарое'],
    ['bare marks', 'Спасибо\n\n> старое\n> ещё'],
  ])('%s', (_, text) => {
    const { fresh, quoted } = foldText(text);
    expect(fresh).toMatch(/^(Thanks|Спасибо)$/);
    expect(text.endsWith(quoted)).toBe(true);
    expect(quoted).toMatch(/old|старое/);
  });

  it.each([
    ['nothing quoted', 'Не печатает.\nПишет: «нет бумаги»'],
    ['answers between the lines', '> вопрос\nответ\n> вопрос\nответ'],
    ['only a quotation', '> всё\n> старое'],
    ['a sentence with a colon', 'Коллега пишет: принтер сломан'],
    ['From in a sentence', 'From: Moscow\nwith love'],
  ])('folds nothing: %s', (_, text) => expect(foldText(text)).toEqual({ fresh: text, quoted: '' }));

  it('loses no word', () => {
    const text = 'один\n\n02.03.2026 10:15, Служба пишет:\n> два\n> три';
    const html = composeHtml(text, null);
    for (const word of ['один', 'два', 'три', 'Служба пишет']) expect(html).toContain(word);
    expect(html.indexOf('<details')).toBeGreaterThan(html.indexOf('один'));
  });
});

describe('folding quotations of HTML', () => {
  it.each([
    ['Gmail', '<div>new</div><div class="gmail_quote">', 'old</div>'],
    ['Outlook', '<p>new</p><div id="appendonsend"></div>', '<div id="divRplyFwdMsg">old</div>'],
    ['Apple', '<p>new</p><blockquote type="cite">', 'old</blockquote>'],
    ['Thunderbird', '<p>new</p><div class="moz-cite-prefix">02.03</div>', '<blockquote type="cite">old</blockquote>'],
  ])('%s', (_, start, rest) => {
    const offset = quoteOffset(start + rest)!;
    expect((start + rest).slice(0, offset)).toContain('new');
    expect((start + rest).slice(offset)).toContain('old');
  });

  it('folds nothing when nothing is new', () => {
    expect(quoteOffset('<div>&nbsp;</div><div class="gmail_quote">all</div>')).toBeUndefined();
    expect(quoteOffset('<p>new</p>')).toBeUndefined();
  });
});
