/** What the tools ask of the operating system: which ports are free, which processes live. */
import fs from 'node:fs';
import net from 'node:net';

export function isPortFree(port, host = '127.0.0.1') {
  return new Promise((done) => {
    const server = net.createServer();
    server.once('error', () => done(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(true)));
  });
}

export function freePort() {
  return new Promise((done, fail) => {
    const server = net.createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** State letter and birth of a process, where the system tells. */
function statOf(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state, began: rest[18] };
  } catch {
    return undefined;
  }
}

/** Runs; one that is dead and only not yet buried by its parent does not. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return !['Z', 'X'].includes(statOf(pid)?.state);
}

/** When a process began, so that a recycled pid is not taken for it. */
export const beganAt = (pid) => statOf(pid)?.began ?? '';
