/** Which addresses requests of rules may go to. Pure. */
import { BlockList, isIP } from 'node:net';

/** Inner networks and everything that is nobody's address in the world (RFC 6890). */
const INNER: readonly (readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

const inner = new BlockList();
for (const [network, prefix, family] of INNER) inner.addSubnet(network, prefix, family);

/** Networks and hosts of our own that are allowed: `10.1.0.0/16`, `192.168.0.7`, `erp.lan`, comma separated. */
export type AllowedAddresses = { networks: BlockList; hosts: ReadonlySet<string> };

export function allowedAddresses(setting: string | undefined): AllowedAddresses {
  const networks = new BlockList();
  const hosts = new Set<string>();
  for (const item of (setting ?? '').split(',').map((part) => part.trim().toLowerCase())) {
    const [address = '', prefix] = item.split('/');
    const family = isIP(address);
    if (!family) {
      if (item) hosts.add(item);
      continue;
    }
    const kind = family === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) networks.addAddress(address, kind);
    else networks.addSubnet(address, Number(prefix), kind);
  }
  return { networks, hosts };
}

/** True when a request may be sent to this IP address under this host name. */
export function mayReach(address: string, host: string, allowed: AllowedAddresses): boolean {
  const ip = MAPPED.exec(address)?.[1] ?? address;
  const family = isIP(ip);
  if (!family) return false;
  const kind = family === 6 ? 'ipv6' : 'ipv4';
  if (allowed.hosts.has(host.toLowerCase()) || allowed.networks.check(ip, kind)) return true;
  return !inner.check(ip, kind) && !inner.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

export type AddressProblem = 'urlWrong' | 'urlScheme' | 'urlSecret' | 'urlInner';

/** What can be seen of an address without asking the name service. */
export function urlProblem(text: string, allowed: AllowedAddresses): AddressProblem | undefined {
  if (!URL.canParse(text)) return 'urlWrong';
  const { protocol, username, password, hostname } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return 'urlScheme';
  if (username || password) return 'urlSecret';
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && !mayReach(host, host, allowed)) return 'urlInner';
  const isLocal = host === 'localhost' || host.endsWith('.localhost');
  return isLocal && !allowed.hosts.has(host) && !mayReach('127.0.0.1', host, allowed) ? 'urlInner' : undefined;
}
