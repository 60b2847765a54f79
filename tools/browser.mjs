/** A Chromium for the journeys: CHROME_PATH, the system's, or the one inside the npm packages. */
import fs from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { brotliDecompressSync } from 'node:zlib';
import { root } from './home.mjs';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const FONTS_CONF = (folder) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>
`;

/** Unpacks the packaged browser once per user; its own unpacker shares one folder among all users. */
function unpackPackaged() {
  const bin = join(root, 'node_modules/@sparticuz/chromium/bin');
  const cache = process.env.XDG_CACHE_HOME || join(homedir() === '/' ? tmpdir() : homedir(), '.cache');
  const folder = join(cache, `opora-chromium-${userInfo().uid}`);
  const executable = join(folder, 'chromium');
  if (!fs.existsSync(join(folder, 'done'))) {
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(join(folder, 'lib'), { recursive: true });
    const unpack = (name) => brotliDecompressSync(fs.readFileSync(join(bin, name)));
    fs.writeFileSync(executable, unpack('chromium.br'), { mode: 0o755 });
    for (const [name, into] of [
      ['al2023.tar.br', folder],
      ['swiftshader.tar.br', folder],
      ['fonts.tar.br', folder],
    ]) {
      const run = spawnSync('tar', ['-x', '-C', into], { input: unpack(name), maxBuffer: 1e9 });
      if (run.status !== 0) throw new Error(`the packaged browser could not be unpacked: ${run.stderr}`);
    }
    fs.writeFileSync(join(folder, 'fonts.conf'), FONTS_CONF(folder));
    fs.writeFileSync(join(folder, 'done'), '');
  }
  return { executable, env: { LD_LIBRARY_PATH: join(folder, 'lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') } };
}

export async function launchBrowser() {
  const { chromium } = await import('playwright-core');
  const system = [process.env.CHROME_PATH, ...SYSTEM].find((path) => path && fs.existsSync(path));
  const { executable, env } = system ? { executable: system, env: {} } : unpackPackaged();
  const args = ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  return chromium.launch({ executablePath: executable, args, env: { ...process.env, ...env } });
}
