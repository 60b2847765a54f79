/** A throw-away Redis for the specs of the scaled mode, if this machine has one. */
import { spawn, spawnSync } from 'node:child_process';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../processes.mjs';

const answers = (port) =>
  new Promise((done) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const finish = (value) => (socket.destroy(), done(value));
    socket.once('data', (data) => finish(data.toString().startsWith('+PONG')));
    socket.once('error', () => finish(false));
  });

/** { url, stop } or undefined where no redis-server and no valkey-server is installed. */
export async function startRedis() {
  const binary = ['redis-server', 'valkey-server'].find(
    (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
  );
  if (!binary) return undefined;
  const port = await freePort();
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--maxmemory-policy',
    'noeviction',
  ];
  const child = spawn(binary, args, { stdio: 'ignore', cwd: '/tmp' });
  for (let tries = 0; tries < 100 && child.exitCode === null; tries++) {
    if (await answers(port)) return { url: `redis://127.0.0.1:${port}`, stop: () => child.kill('SIGKILL') };
    await sleep(50);
  }
  child.kill('SIGKILL');
  return undefined;
}
