import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { newId } from '@opora/platform/db';

const CRLF = '\r\n';

/** A small mail as bytes; header fields that are left out get a likely value, `null` takes one away. */
export function aMail({
  body = 'Не печатает касса',
  ...fields
}: Record<string, string | null | undefined> = {}): Buffer {
  const header: Record<string, string | null | undefined> = {
    from: 'Иван <ivan@client.test>',
    to: 'support@opora.localhost',
    subject: 'Касса',
    'message-id': `<${newId()}@client.test>`,
    date: 'Mon, 02 Mar 2026 10:00:00 +0300',
    'content-type': 'text/plain; charset=utf-8',
    ...fields,
  };
  const lines = Object.entries(header).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [`${name}: ${value}`],
  );
  return Buffer.from([...lines, '', (body ?? '').replace(/\r?\n/g, CRLF), ''].join(CRLF));
}

export type SmtpTalk = { from?: string; to?: string[]; pauseBeforeEnd?: Promise<void> };

/** Hands bytes over by SMTP as they are; the server's last answer. */
export async function sendBySmtp(
  port: number,
  raw: Buffer,
  { from = 'ivan@client.test', to = ['support@opora.localhost'] }: SmtpTalk = {},
): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  const answers: ((answer: string) => void)[] = [];
  const failures: ((error: Error) => void)[] = [];
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    heard += chunk;
    for (
      let found = /^(?:\d{3}-.*\r\n)*(\d{3} .*)\r\n/.exec(heard);
      found;
      found = /^(?:\d{3}-.*\r\n)*(\d{3} .*)\r\n/.exec(heard)
    ) {
      heard = heard.slice(found[0].length);
      failures.shift();
      answers.shift()?.(found[1] ?? '');
    }
  });
  const broken = (error?: Error): void =>
    failures.splice(0).forEach((fail) => fail(error ?? new Error('the server hung up')));
  socket.on('error', broken);
  socket.on('close', () => broken());
  const say = (bytes: string | Buffer | null): Promise<string> =>
    new Promise((resolve, reject) => {
      answers.push(resolve);
      failures.push(reject);
      if (bytes !== null) socket.write(bytes);
    });
  await say(null);
  for (const line of [
    'EHLO client.test',
    `MAIL FROM:<${from}>`,
    ...to.map((address) => `RCPT TO:<${address}>`),
    'DATA',
  ]) {
    const answer = await say(line + CRLF);
    if (!/^[23]/.test(answer)) {
      socket.destroy();
      return answer;
    }
  }
  const answer = await say(
    Buffer.concat([dotted(raw), Buffer.from(`${raw.subarray(-2).toString('latin1') === CRLF ? '' : CRLF}.${CRLF}`)]),
  );
  socket.end(`QUIT${CRLF}`);
  return answer;
}

/** Doubles the dots at the beginning of lines. */
const dotted = (raw: Buffer): Buffer =>
  raw.includes('\n.') || raw[0] === 46
    ? Buffer.from(raw.toString('latin1').replace(/(^|\n)\./g, '$1..'), 'latin1')
    : raw;

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });

const DOVECOT = '/usr/sbin/dovecot';
/** Debian's dovecot-imapd is there. */
export const hasDovecot = (): boolean => existsSync(DOVECOT);

export type Dovecot = {
  port: number;
  user: string;
  password: string;
  deliver(raw: Buffer): void;
  recreate(): void;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
};

/** A real IMAP server on a folder of its own; every user has the password `secret`. */
export async function startDovecot(): Promise<Dovecot> {
  const home = mkdtempSync(join(tmpdir(), 'opora-dovecot-'));
  const port = await freePort();
  const isRoot = userInfo().uid === 0;
  const ids = isRoot ? { uid: idOf('-u'), gid: idOf('-g') } : { uid: userInfo().uid, gid: userInfo().gid };
  const own = (path: string): void => (isRoot ? chownSync(path, ids.uid, ids.gid) : undefined);
  chmodSync(home, 0o755);
  const maildir = join(home, 'maildir');
  const makeMaildir = (): void => {
    for (const folder of [maildir, ...['new', 'cur', 'tmp'].map((name) => join(maildir, name))]) {
      mkdirSync(folder, { recursive: true });
      own(folder);
    }
  };
  makeMaildir();
  const config = join(home, 'dovecot.conf');
  writeFileSync(config, configOf(home, port, isRoot ? undefined : userInfo().username, ids));
  let child: ReturnType<typeof spawn> | undefined;
  let count = 0;
  const start = async (): Promise<void> => {
    child = spawn(DOVECOT, ['-F', '-c', config], { stdio: 'ignore' });
    await listening(port);
  };
  const stop = async (): Promise<void> => {
    const gone = new Promise((resolve) => child?.once('exit', resolve));
    child?.kill('SIGTERM');
    await gone;
  };
  await start();
  return {
    port,
    user: 'support',
    password: 'secret',
    deliver: (raw) => {
      const path = join(maildir, 'new', `${Date.now()}.${(count += 1)}.test`);
      writeFileSync(path, raw);
      own(path);
    },
    // The same address, numbered anew.
    recreate: () => {
      rmSync(maildir, { recursive: true, force: true });
      makeMaildir();
    },
    start,
    stop,
    close: async () => {
      await stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

const idOf = (flag: '-u' | '-g'): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));

function configOf(
  home: string,
  port: number,
  runAs: string | undefined,
  { uid, gid }: { uid: number; gid: number },
): string {
  return `
base_dir = ${home}/run
state_dir = ${home}/state
log_path = ${home}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${home}/maildir
first_valid_uid = 1
first_valid_gid = 1
${runAs ? `default_internal_user = ${runAs}\ndefault_login_user = ${runAs}\ndefault_internal_group = ${execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim()}` : ''}
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${home}
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
`;
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('dovecot does not listen');
}
