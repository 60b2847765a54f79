import { parentPort } from 'node:worker_threads';
import { type ParseInput, parseMail } from './mail-parse';

/** Runs in a thread of its own: a mail that takes long, or too much memory, stops nobody but itself. */
parentPort?.on('message', (input: ParseInput) => {
  void parseMail(input).then(
    (mail) => parentPort?.postMessage({ mail }),
    (error: unknown) => parentPort?.postMessage({ error: String(error) }),
  );
});
