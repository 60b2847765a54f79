import { allowedAddresses, mayReach, urlProblem } from './webhook-address';
import { InnerAddress, post } from './webhook-request';

const NOTHING = allowedAddresses(undefined);

describe('R-06: where a webhook may go', () => {
  it.each([
    ['8.8.8.8', true],
    ['2a00:1450:4010:c0f::65', true],
    ['127.0.0.1', false],
    ['10.20.30.40', false],
    ['172.16.0.1', false],
    ['172.32.0.1', true],
    ['192.168.1.1', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::1', false],
    ['::', false],
    ['fe80::1', false],
    ['fd00::1', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:8.8.8.8', true],
    ['64:ff9b::7f00:1', false],
    ['not an address', false],
  ])('%s: %s', (address, expected) => expect(mayReach(address, 'host.example', NOTHING)).toBe(expected));

  it.each([
    ['10.1.2.3', 'erp.example', '10.1.0.0/16', true],
    ['10.2.2.3', 'erp.example', '10.1.0.0/16', false],
    ['10.2.2.3', 'ERP.lan', 'erp.lan, 192.168.0.7', true],
    ['192.168.0.7', 'x.example', 'erp.lan, 192.168.0.7', true],
    ['fd00::5', 'x.example', 'fd00::/16', true],
  ])('%s as %s with «%s» allowed: %s', (address, host, setting, expected) =>
    expect(mayReach(address, host, allowedAddresses(setting))).toBe(expected),
  );

  it.each([
    ['https://example.org/hook', undefined],
    ['ftp://example.org', 'urlScheme'],
    ['https://me:word@example.org', 'urlSecret'],
    ['no address', 'urlWrong'],
    ['http://017700000001/', 'urlInner'],
    ['http://[fd00::1]/', 'urlInner'],
    ['http://api.localhost/', 'urlInner'],
  ])('%s: %s', (url, expected) => expect(urlProblem(url, NOTHING)).toBe(expected));

  it('looks at what a name leads to before it connects', async () => {
    await expect(post('http://localhost:1/', '{}', {}, NOTHING)).rejects.toBeInstanceOf(InnerAddress);
    await expect(post('http://localhost:1/', '{}', {}, allowedAddresses('localhost'))).rejects.not.toBeInstanceOf(
      InnerAddress,
    );
  });
});
