import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { api } from '@/api';
import { fieldRefusal, mockNetwork, Refusal } from '@/testing/network';
import { aMe, openPortal, signInAs } from '@/testing/render';
import { aTicket, aType, pageOf } from '@/testing/tickets';

const me = aMe();
const shops = Array.from({ length: 8 }, (_, index) => ({
  id: `shop-${index}`,
  name: `Магазин № ${index + 1}`,
  ancestors: [{ id: 'north', name: 'Северная дирекция' }],
  address: null,
}));
const search = ({ query }: { query: URLSearchParams }) =>
  query.get('q') === 'тверь' ? pageOf(shops[6]) : { data: shops, page: { next: 'more', limit: 8 } };
const server = (answers: Record<string, unknown> = {}) =>
  mockNetwork({
    'GET /portal/me': me,
    'GET /portal/approvals/counts': { open: 0 },
    'POST /portal/tickets/duplicates': { data: [] },
    'GET /portal/ticket-types': {
      data: [aType(), aType({ id: 'question', code: 'consultation', name: 'Консультация', isDefault: false })],
    },
    'GET /portal/objects': search,
    // The form goes by the type alone until the rules have answered.
    'POST /portal/ticket-forms/verdict': new Refusal(503, {}),
    'POST /portal/tickets': aTicket(),
    'GET /portal/tickets/7': aTicket(),
    'GET /portal/tickets/7/comments': pageOf(),
    'GET /portal/tickets/ticket-7/checklists': { data: [] },
    'GET /portal/tickets/ticket-7/rating': {
      ticketNumber: 7,
      ticketSubject: '',
      rating: null,
      canRate: false,
      until: null,
    },
    ...answers,
  });

beforeEach(() => {
  localStorage.clear();
  signInAs(me);
});

describe('filing a ticket', () => {
  it('PO-01: a type, a few words, an object and a photo make a ticket', async () => {
    const network = server();
    jest.spyOn(api, 'upload').mockImplementation(async (file) => ({
      id: `file of ${file.name}`,
      name: file.name,
      mime: file.type,
      size: 3,
      url: '',
    }));
    const user = userEvent.setup();
    const { address } = await openPortal('/tickets/new');

    await user.click(await screen.findByRole('button', { name: /Инцидент/ }));
    await user.type(await screen.findByRole('textbox', { name: /Коротко о вопросе/ }), 'Не печатает принтер');
    await user.type(screen.getByRole('textbox', { name: /Подробности/ }), 'На кассе 3');
    await user.type(await screen.findByRole('searchbox', { name: /Найти объект/ }), 'тверь');
    await waitFor(() => expect(screen.queryByRole('button', { name: /Магазин № 1/ })).toBeNull());
    await user.click(screen.getByRole('button', { name: /Магазин № 7/ }));
    await user.upload(
      document.querySelector('input[type=file]') as HTMLInputElement,
      new File(['jpg'], 'photo.jpg', { type: 'image/jpeg' }),
    );
    await screen.findByText('photo.jpg');
    await user.click(screen.getByRole('button', { name: 'Отправить заявку' }));

    await screen.findByText('Заявка № 7 принята');
    expect(address()).toBe('/tickets/7');
    expect(network.sent('POST /portal/tickets')).toEqual([
      {
        subject: 'Не печатает принтер',
        description: 'На кассе 3',
        typeId: 'incident',
        companyId: 'retail',
        objectId: 'shop-6',
        files: ['file of photo.jpg'],
      },
    ]);
    expect(network.unexpected).toEqual([]);
  });

  it('PO-01: what the type requires is asked before anything is sent', async () => {
    const required = aType({ form: aType().form.map((field) => ({ ...field, isRequired: true })) });
    const network = server({ 'GET /portal/ticket-types': { data: [required] } });
    const user = userEvent.setup();
    await openPortal('/tickets/new');

    await user.click(await screen.findByRole('button', { name: 'Отправить заявку' }));

    expect(await screen.findAllByText('Заполните это поле')).toHaveLength(4);
    expect(screen.getByRole('textbox', { name: /Коротко о вопросе/ }).getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: /Коротко о вопросе/ }));
    expect(network.sent('POST /portal/tickets')).toEqual([]);
  });

  it('PO-01: a field the type does not ask is not shown', async () => {
    server({
      'GET /portal/ticket-types': {
        data: [aType({ form: [] })],
      },
    });
    await openPortal('/tickets/new');

    await screen.findByRole('textbox', { name: /Коротко о вопросе/ });
    expect(screen.queryByText('Где это?')).toBeNull();
  });

  it('PO-01: the server’s objection lands on its field and the words stay', async () => {
    server({ 'POST /portal/tickets': fieldRefusal('/subject', 'Слишком коротко') });
    const user = userEvent.setup();
    await openPortal('/tickets/new?type=incident');

    await user.type(await screen.findByRole('textbox', { name: /Коротко о вопросе/ }), 'А');
    await user.click(screen.getByRole('button', { name: 'Отправить заявку' }));

    await screen.findByText('Слишком коротко');
    expect(screen.getByRole('textbox', { name: /Коротко о вопросе/ })).toHaveProperty('value', 'А');
  });

  it('PO-01: an unfinished ticket outlives the page', async () => {
    server();
    const user = userEvent.setup();
    const first = await openPortal('/tickets/new?type=incident');
    await user.type(await screen.findByRole('textbox', { name: /Коротко о вопросе/ }), 'Касса зависла');
    first.unmount();

    await openPortal('/tickets/new?type=incident');
    await waitFor(() =>
      expect(screen.getByRole('textbox', { name: /Коротко о вопросе/ })).toHaveProperty('value', 'Касса зависла'),
    );
    await user.click(screen.getByRole('button', { name: 'Начать заново' }));
    expect(screen.getByRole('textbox', { name: /Коротко о вопросе/ })).toHaveProperty('value', '');
  });

  it('PO-01: a file that did not arrive says why and can be sent again', async () => {
    server();
    const upload = jest.spyOn(api, 'upload').mockRejectedValueOnce(new Error('Такие файлы не принимаются'));
    const user = userEvent.setup();
    await openPortal('/tickets/new?type=incident');
    await screen.findByRole('textbox', { name: /Коротко о вопросе/ });
    await user.upload(
      document.querySelector('input[type=file]') as HTMLInputElement,
      new File(['x'], 'log.txt', { type: 'text/plain' }),
    );

    await screen.findByText(/Такие файлы не принимаются/);
    upload.mockResolvedValueOnce({ id: 'f', name: 'log.txt', mime: 'text/plain', size: 1, url: '' });
    await user.click(within(screen.getByRole('list', { name: 'Файлы' })).getByRole('button', { name: 'Повторить' }));
    await waitFor(() => expect(screen.queryByText(/Такие файлы не принимаются/)).toBeNull());
  });

  const aField = (name: string, type: string, rest: object = {}) => ({
    name,
    type,
    label: name,
    hint: null,
    reference: null,
    isVisible: true,
    isRequired: false,
    isReadOnly: false,
    allowed: null,
    options: null,
    config: {},
    because: [],
    ...rest,
  });

  it('T-04: a rule asks for one more field as soon as it holds, and the client cannot send without it', async () => {
    const serial = aField('cf.serial', 'text', { label: 'Серийный номер', isRequired: true });
    const network = server({
      'POST /portal/ticket-forms/verdict': ({ body }: { body: { values: { subject?: string } } }) => ({
        fields: [
          aField('subject', 'text', { isRequired: true }),
          aField('description', 'text'),
          ...(body.values.subject?.includes('принтер') ? [serial] : []),
        ],
        problems: [],
      }),
    });
    const user = userEvent.setup();
    await openPortal('/tickets/new?type=incident');
    const subject = await screen.findByRole('textbox', { name: /Коротко о вопросе/ });
    await user.type(subject, 'Сломался принтер');
    const asked = await screen.findByRole('textbox', { name: /Серийный номер/ });
    expect(document.activeElement).toBe(subject);
    expect(screen.queryByText('Где это?')).toBeNull();

    await user.click(screen.getByRole('button', { name: 'Отправить заявку' }));
    await screen.findByText('Заполните это поле');
    expect(document.activeElement).toBe(asked);
    expect(network.sent('POST /portal/tickets')).toEqual([]);

    await user.type(asked, 'HP-7919');
    await user.click(screen.getByRole('button', { name: 'Отправить заявку' }));
    await screen.findByText('Заявка № 7 принята');
    expect(network.sent('POST /portal/tickets')).toEqual([
      expect.objectContaining({ subject: 'Сломался принтер', customFields: { serial: 'HP-7919' } }),
    ]);
  });

  it('T-03: a file that arrives late takes nothing from what was typed meanwhile', async () => {
    const network = server({
      'POST /portal/ticket-forms/verdict': {
        fields: [
          aField('subject', 'text'),
          aField('cf.photo', 'file', { label: 'Шильдик' }),
          aField('cf.serial', 'text', { label: 'Серийный номер' }),
        ],
        problems: [],
      },
    });
    let arrive: () => void = () => undefined;
    const stored = { id: 'f1', name: 'plate.png', mime: 'image/png', size: 1, url: '' };
    jest.spyOn(api, 'upload').mockReturnValue(new Promise((done) => (arrive = () => done(stored))));
    const user = userEvent.setup();
    const { container } = await openPortal('/tickets/new?type=incident');
    await user.type(await screen.findByRole('textbox', { name: /Коротко о вопросе/ }), 'Касса');
    const field = await screen.findByRole('group', { name: 'Шильдик' });
    const input = container.querySelector<HTMLInputElement>('[data-field="cf.photo"] input[type=file]')!;
    await user.upload(input, new File(['png'], 'plate.png', { type: 'image/png' }));
    await user.type(screen.getByRole('textbox', { name: /Серийный номер/ }), 'HP-7919');
    arrive();
    await within(field).findByText('plate.png');
    await user.click(screen.getByRole('button', { name: 'Отправить заявку' }));
    await screen.findByText('Заявка № 7 принята');
    expect(network.sent('POST /portal/tickets')).toEqual([
      expect.objectContaining({ customFields: { photo: 'f1', serial: 'HP-7919' } }),
    ]);
  });

  it('T-04: an empty field that the client cannot fill in is not shown; one he must hear of is', async () => {
    server({
      'POST /portal/ticket-forms/verdict': {
        fields: [
          aField('subject', 'text'),
          aField('cf.serial', 'text', { label: 'Серийный номер' }),
          aField('cf.rate', 'money', { label: 'Тариф', isReadOnly: true }),
          aField('cf.total', 'formula', { label: 'Итого', isReadOnly: true }),
          aField('cf.contract', 'text', { label: 'Договор', isReadOnly: true, isRequired: true }),
        ],
        problems: [],
      },
    });
    await openPortal('/tickets/new?type=incident');
    await screen.findByRole('textbox', { name: /Серийный номер/ });
    expect(screen.getByRole('textbox', { name: /Договор/ })).toHaveProperty('disabled', true);
    expect(screen.queryByRole('textbox', { name: /Тариф/ })).toBeNull();
    expect(screen.queryByText('Итого')).toBeNull();
  });

  it('T-04: the server’s objection to an own field stands at that field', async () => {
    server({
      'POST /portal/ticket-forms/verdict': {
        fields: [aField('subject', 'text'), aField('cf.sum', 'money', { label: 'Сумма' })],
        problems: [],
      },
      'POST /portal/tickets': fieldRefusal('/customFields/sum', 'Не больше 1000'),
    });
    const user = userEvent.setup();
    await openPortal('/tickets/new?type=incident');
    await user.type(await screen.findByRole('textbox', { name: /Коротко о вопросе/ }), 'Касса');
    await user.type(await screen.findByRole('textbox', { name: /Сумма/ }), '5000');
    await user.click(screen.getByRole('button', { name: 'Отправить заявку' }));

    await screen.findByText('Не больше 1000');
    expect(screen.getByRole('textbox', { name: /Сумма/ }).getAttribute('aria-invalid')).toBe('true');
  });
});
