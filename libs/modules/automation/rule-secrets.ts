import type { StoredAction } from '@opora/modules/macros';
import type { Secrets } from '@opora/platform/auth';
import type { FieldProblem } from '@opora/platform/errors';

/** Shown instead of a secret; sent back, it means «the one you have». */
export const MASK = '••••••••';
const PURPOSE = 'automation.webhook';

type Sealer = Pick<Secrets, 'encrypt' | 'decrypt'>;
type Params = Record<string, unknown>;
const isWebhook = ({ action }: StoredAction): boolean => action === 'webhook';

/** The actions as they are kept: new secrets sealed, masked ones taken from the same address as before. */
export function sealSecrets(
  sealer: Sealer,
  actions: readonly StoredAction[],
  before: readonly StoredAction[] = [],
): { actions: StoredAction[]; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const kept = before.filter(isWebhook);
  const sealed = actions.map((action, index): StoredAction => {
    const { secret, ...params } = action.params;
    if (!isWebhook(action) || secret === undefined || secret === null || secret === '')
      return isWebhook(action) ? { ...action, params } : action;
    if (secret !== MASK) {
      const isText = typeof secret === 'string' && secret.length <= 200;
      return { ...action, params: { ...params, secret: isText ? sealer.encrypt(PURPOSE, secret) : secret } };
    }
    const known = kept.find((one) => one.params.url === params.url && one.params.secret);
    if (known) return { ...action, params: { ...params, secret: known.params.secret } };
    problems.push({ pointer: `/actions/${index}/params/secret`, code: 'rules.secretAgain', message: '' });
    return { ...action, params };
  });
  return { actions: sealed, problems };
}

/** The secret in the clear, to sign with. */
export const openSecret = (sealer: Sealer, sealed: string): string => sealer.decrypt(PURPOSE, sealed);

/** The actions as people see them. */
export const maskSecrets = (actions: readonly StoredAction[]): StoredAction[] =>
  actions.map((action) => {
    const params: Params = action.params;
    return isWebhook(action) && params.secret ? { ...action, params: { ...params, secret: MASK } } : action;
  });
