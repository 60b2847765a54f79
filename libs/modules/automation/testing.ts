import type { TestApi, TestPerson } from '@opora/platform/testing';
import type { CreateRule } from './rules.dto';
import { RuleMoments } from './rule-moments.service';

export type TestRuleView = { id: string; number: number; version: number; findings: { ruleId: string }[] };

/** A rule that is on: on creation of a ticket, without a condition, unless told otherwise. */
export async function aRule(
  api: TestApi,
  admin: TestPerson,
  facts: Partial<CreateRule> & Pick<CreateRule, 'actions'>,
): Promise<TestRuleView> {
  const { body } = await api
    .as(admin)
    .post('/rules')
    .send({ name: 'Правило', trigger: { kind: 'event', event: 'ticket.created' }, when: { all: [] }, ...facts })
    .expect(201);
  return body as TestRuleView;
}

/** Runs everything that is due, moments of rules included. */
export async function settleRules(api: TestApi): Promise<void> {
  do await api.drain();
  while ((await api.get(RuleMoments).tellDue(api.system)) > 0);
  await api.drain();
}
