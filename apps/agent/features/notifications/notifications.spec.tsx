import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockNetwork, type Call } from '@/testing/network';
import { openAgent, signedIn } from '@/testing/render';
import type { Notification, NotificationSettings, SaveNotificationSettings } from './notifications.queries';

const aLine = (id: string, number: number, text: string, readAt: string | null = null): Notification => ({
  id,
  kind: 'client_replied',
  text,
  ticket: { id: `id-${number}`, number, subject: `Заявка ${number}` },
  approval: null,
  commentId: null,
  actorName: 'Анна',
  reason: 'вы ответственный',
  events: [
    {
      id,
      kind: 'client_replied',
      text,
      actorName: 'Анна',
      reason: 'вы замещаете: Иванов',
      reasonCode: 'substitute',
      commentId: null,
      createdAt: '2026-11-24T09:00:00Z',
    },
  ],
  count: 3,
  createdAt: '2026-11-24T09:00:00Z',
  lastAt: '2026-11-24T09:00:00Z',
  readAt,
});

const settings: NotificationSettings = {
  settings: [
    { kind: 'client_replied', app: 'now', mail: 'now', appLocked: false, mailLocked: false, isUrgent: false },
    { kind: 'sla_breached', app: 'now', mail: 'now', appLocked: true, mailLocked: true, isUrgent: true },
  ],
  digest: 'daily',
  digestAt: '09:00',
  quietHours: [],
  urgentBreaksThrough: true,
  timeZone: 'Asia/Almaty',
};

const page = (data: Notification[]) => ({ data, page: { next: null, limit: 30 } });
const common = { 'GET /ticket-views': { data: [] }, 'GET /notifications/count': { unread: 2 } };

beforeEach(() => signedIn({ permissions: [] }));

test('R-08: lines of one ticket stand together, each says why on demand, and all are read at once', async () => {
  const network = mockNetwork({
    ...common,
    'GET /notification-settings': settings,
    'GET /notifications': page([
      aLine('a', 7, 'Анна ответила'),
      aLine('b', 8, 'Борис ответил'),
      aLine('c', 7, 'Статус изменён', 'read'),
    ]),
    'POST /notifications/read-all': undefined,
  });
  const user = userEvent.setup();
  openAgent('/notification-settings');
  await user.click((await screen.findAllByRole('button', { name: /Оповещения: 2/ }))[0]!);
  const group = await screen.findByRole('region', { name: /№7/, hidden: true }, { timeout: 8000 });
  expect(within(group).getByText('Анна ответила')).toBeTruthy();
  expect(within(group).getByText('Статус изменён')).toBeTruthy();
  expect(within(group).getAllByText(/3 события/)).toHaveLength(2);
  const [why] = within(group).getAllByRole('button', { name: 'Почему я это получил', hidden: true });
  await user.click(why!);
  expect(why!.getAttribute('aria-expanded')).toBe('true');
  expect(within(group).getAllByText(/потому что вы замещаете: Иванов/)[0]).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Прочитать все', hidden: true }));
  await waitFor(() => expect(network.sent('POST /notifications/read-all')).toHaveLength(1));
});

test('R-08: a person chooses the way of each kind and his quiet hours; what is fixed he cannot', async () => {
  const network = mockNetwork({
    ...common,
    'GET /notification-settings': settings,
    'PUT /notification-settings': ({ body }: Call) => {
      const { settings: changed, ...times } = body as SaveNotificationSettings;
      const kinds = settings.settings.map((each) => ({ ...each, ...changed?.find(({ kind }) => kind === each.kind) }));
      return { ...settings, ...times, settings: kinds };
    },
  });
  const user = userEvent.setup();
  openAgent('/notification-settings');
  const mail = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Клиент ответил: По почте' });
  await user.selectOptions(mail, 'В сводке');
  const fixed = screen.getByRole<HTMLSelectElement>('combobox', { name: /Срок нарушен: По почте — задано/ });
  expect(fixed.disabled).toBe(true);
  await user.click(screen.getByRole('button', { name: 'Ночи и выходные' }));
  expect(await screen.findByRole('group', { name: 'Тихие часы 2' })).toBeTruthy();
  expect(network.sent('PUT /notification-settings')).toEqual([
    { settings: [{ kind: 'client_replied', app: 'now', mail: 'digest' }] },
    {
      quietHours: [
        { days: [1, 2, 3, 4, 5], from: '20:00', to: '08:00' },
        { days: [6, 7], from: '00:00', to: '24:00' },
      ],
    },
  ]);
});

test('R-08: what is chosen while the choice before it is being saved stays chosen', async () => {
  const [, locked] = settings.settings;
  let saved: NotificationSettings = {
    ...settings,
    settings: [...settings.settings, { ...locked!, kind: 'ticket_rated', mailLocked: false }],
  };
  const waiting: (() => void)[] = [];
  mockNetwork({
    ...common,
    'GET /notification-settings': saved,
    'PUT /notification-settings': ({ body }: Call) => {
      const { settings: changed } = body as SaveNotificationSettings;
      saved = {
        ...saved,
        settings: saved.settings.map((each) => ({ ...each, ...changed?.find(({ kind }) => kind === each.kind) })),
      };
      const answer = saved;
      return new Promise((done) => waiting.push(() => done(answer)));
    },
  });
  const user = userEvent.setup();
  openAgent('/notification-settings');
  const mail = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Клиент ответил: По почте' });
  const other = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Клиент поставил оценку: По почте' });
  await user.selectOptions(mail, 'В сводке');
  await user.selectOptions(other, 'В сводке');
  await waitFor(() => expect(waiting).toHaveLength(1));
  await act(async () => waiting[0]!());
  await waitFor(() => expect(waiting).toHaveLength(2));
  expect([mail.value, other.value]).toEqual(['digest', 'digest']);
  await act(async () => waiting[1]!());
  expect([mail.value, other.value]).toEqual(['digest', 'digest']);
});
