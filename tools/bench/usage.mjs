/** CPU time and memory of the measured processes, from /proc. Elsewhere than on Linux the figures are missing, not wrong. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

const isLinux = process.platform === 'linux';
const ticksPerSecond = isLinux ? Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' })) : 100;

const read = (path) => {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** Fields of /proc/<pid>/stat after the name, which may hold spaces. */
function statOf(pid) {
  const text = read(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (
    text && {
      parent: Number(fields[1]),
      own: Number(fields[11]) + Number(fields[12]),
      waited: Number(fields[13]) + Number(fields[14]),
    }
  );
}

function childrenOf(parent) {
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => statOf(pid)?.parent === parent);
}

/** CPU milliseconds of a process and its children so far, those that have ended included. */
export function cpuOf(pid) {
  const stat = isLinux && statOf(pid);
  if (!stat) return undefined;
  const ticks = childrenOf(pid).reduce((sum, child) => sum + (statOf(child)?.own ?? 0), stat.own + stat.waited);
  return (ticks * 1000) / ticksPerSecond;
}

const kilobytes = (text, name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);

/** Resident and proportional memory of a process in MiB. */
export function memoryOf(pid) {
  const text = isLinux && read(`/proc/${pid}/smaps_rollup`);
  return text
    ? { rss: Math.round(kilobytes(text, 'Rss') / 1024), pss: Math.round(kilobytes(text, 'Pss') / 1024) }
    : undefined;
}

/** The highest memory between start and stop. */
export function watchMemory(pid) {
  const highest = { rss: 0, pss: 0 };
  const look = () => {
    const { rss, pss } = memoryOf(pid) ?? highest;
    Object.assign(highest, { rss: Math.max(rss, highest.rss), pss: Math.max(pss, highest.pss) });
  };
  const timer = setInterval(look, 500);
  return () => {
    look();
    clearInterval(timer);
    return highest;
  };
}
