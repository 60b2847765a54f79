import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

type Service = {
  image?: string;
  command?: string[];
  environment?: Record<string, unknown>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: Record<string, unknown>;
  volumes?: string[];
  ports?: string[];
};

const folder = join(__dirname, '../docker');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const compose = parse(read('compose.yml'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const nginx = read('nginx.conf');

describe('docker/compose.yml', () => {
  it('has two API processes, two workers, one database, one queue, one door', () => {
    expect(Object.keys(compose.services).sort()).toEqual([
      'api-1',
      'api-2',
      'migrate',
      'nginx',
      'postgres',
      'valkey',
      'worker-1',
      'worker-2',
    ]);
    const commands = Object.entries(compose.services).map(([name, { command }]) => [
      name.replace(/-\d$/, ''),
      command?.[0],
    ]);
    for (const [name, command] of commands.filter(([service]) =>
      ['api', 'worker', 'migrate'].includes(String(service)),
    ))
      expect(command).toBe(name);
  });

  it.each(['postgres', 'valkey', 'nginx'])('%s says when it is healthy', (name) => {
    expect(compose.services[name]?.healthcheck).toHaveProperty('test');
  });

  it.each(['api-1', 'api-2', 'worker-1', 'worker-2'])(
    '%s waits for the schema, the database and the queue, and knows both',
    (name) => {
      const service = compose.services[name];
      expect(service?.depends_on).toMatchObject({
        migrate: { condition: 'service_completed_successfully' },
        postgres: { condition: 'service_healthy' },
        valkey: { condition: 'service_healthy' },
      });
      expect(service?.environment).toMatchObject({
        DATABASE_URL: expect.stringContaining('@postgres:5432/'),
        REDIS_URL: expect.stringContaining('valkey'),
      });
    },
  );

  it('gives the mail port to one process only', () => {
    const listening = Object.entries(compose.services).filter(
      ([, { environment }]) => Number(environment?.['OPORA_SMTP_PORT']) > 0,
    );
    expect(listening.map(([name]) => name)).toEqual(['worker-2']);
  });

  it('mounts only volumes and files that exist', () => {
    const sources = Object.values(compose.services)
      .flatMap(({ volumes }) => volumes ?? [])
      .map((mount) => String(mount).split(':')[0]);
    for (const source of sources) {
      if (source?.startsWith('./')) expect(() => read(source.slice(2))).not.toThrow();
      else expect(Object.keys(compose.volumes)).toContain(source);
    }
  });
});

describe('docker/nginx.conf', () => {
  it('knows the API processes of the compose file', () => {
    const upstream = [...nginx.matchAll(/server (\S+):3000/g)].map((match) => match[1]);
    expect(upstream).toEqual(['api-1', 'api-2']);
  });

  it('lets live updates through byte by byte and uploads of 50 MB in', () => {
    expect(nginx).toMatch(/live\$ \{[^}]*proxy_buffering off;/s);
    expect(nginx).toMatch(/client_max_body_size 50m;/);
  });
});

describe('docker/Dockerfile', () => {
  const lines = read('Dockerfile').split('\n');

  it('runs as an ordinary user in the last stage', () => {
    const lastStage = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
    expect(lastStage).toContain('USER node');
    expect(lastStage.some((line) => line.startsWith('HEALTHCHECK'))).toBe(true);
  });

  it('uses a Node.js that package.json allows', () => {
    const engines = (JSON.parse(readFileSync(join(folder, '../package.json'), 'utf8')) as { engines: { node: string } })
      .engines.node;
    const major = Number(/FROM node:(\d+)/.exec(lines.join('\n'))?.[1]);
    expect(major).toBeGreaterThanOrEqual(Number(/>=(\d+)/.exec(engines)?.[1]));
  });
});
