import { eventsOf } from './live';

const streamOf = (...chunks: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });

async function read(...chunks: string[]) {
  const events = [];
  for await (const event of eventsOf(streamOf(...chunks), new AbortController().signal)) events.push(event);
  return events;
}

it.each([
  ['whole', ['id: 1\nevent: touch\ndata: {"topics":["a"]}\n\n'], [{ id: '1', data: '{"topics":["a"]}' }]],
  [
    'cut anywhere',
    ['id: 1\nda', 'ta: x\n', '\nid: 2\ndata: y\n\n'],
    [
      { id: '1', data: 'x' },
      { id: '2', data: 'y' },
    ],
  ],
  ['with CRLF', ['data: x\r\n\r\n'], [{ data: 'x' }]],
  ['of several lines', ['data: a\ndata: b\n\n'], [{ data: 'a\nb' }]],
  ['without data', [': heartbeat\n\n', 'id: 3\n\n'], []],
  ['unfinished', ['data: x'], []],
])('reads events that come %s', async (_, chunks, expected) => expect(await read(...chunks)).toEqual(expected));

it('gives up a stream that has gone silent', async () => {
  const silent = new ReadableStream<Uint8Array>({ start: () => undefined });
  const reading = eventsOf(silent, new AbortController().signal, 20).next();
  await expect(reading).rejects.toThrow('silent');
});
