import type { Ctx } from '@opora/platform/context';
import { Db } from '@opora/platform/db';
import { fieldText } from '@opora/platform/http';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { type FlowPerson, neededOf } from './approval-flow';
import { ApprovalReading } from './approval-reading.service';
import { ApprovalItem } from './approval-route.entity';
import { nameOf } from './approval-refs';
import { toDemandViews, toTermView } from './approval-stage-views';
import type { ApprovalPlanView } from './approval-plans.dto';
import type { PlanApproval } from './approvals.dto';
import { Approvals } from './approvals.service';
import { unique } from './approver-search.service';
import { toChoiceView } from './route-choice-view';

/** A plan with every name: what the screen shows before a request begins. */
@Injectable()
export class ApprovalPlans {
  constructor(
    private readonly db: Db,
    private readonly approvals: Approvals,
    private readonly reading: ApprovalReading,
  ) {}

  async view(ctx: Ctx, input: PlanApproval): Promise<ApprovalPlanView> {
    const plan = await this.approvals.plan(ctx, input);
    const { frozen, copies } = plan;
    const stages = frozen?.stages ?? [];
    const executors = frozen?.executors ?? [];
    const people = await this.reading.people(ctx, [
      ...stages.flatMap((stage) => stage.people.map(({ id }) => id)),
      ...executors.map(({ person }) => person.id),
      ...copies.map(({ id }) => id),
    ]);
    const kindIds = stages.flatMap(({ documents }) => documents.map(({ kindId }) => kindId));
    const items = kindIds.length ? await this.db.repo(ctx, ApprovalItem).findBy({ id: In(kindIds) }) : [];
    const kinds = new Map(items.map(({ id, name }) => [id, name]));
    const given = (input.documents ?? []).flatMap(({ kindId }) => kindId ?? []);
    const named = (person: FlowPerson) => nameOf(people, person);
    return {
      choice: toChoiceView(ctx, plan.choice, plan),
      needsBase: frozen?.needsBase ?? false,
      stages: stages.map((stage) => ({
        name: stage.name[ctx.locale],
        mode: stage.mode,
        k: stage.k,
        needed: neededOf(stage),
        order: stage.order,
        people: stage.people.map(named),
        skipped: !stage.people.length,
        note: stage.note,
        term: toTermView(stage.term),
        documents: toDemandViews(
          ctx,
          stage.documents,
          kinds,
          kindIds.filter((id) => !given.includes(id)),
        ),
      })),
      copies: unique(copies).map(named),
      executors: executors.map(({ person, text }) => ({ person: named(person), text: text[ctx.locale], task: null })),
      problems: plan.problems.map((problem) => ({ ...problem, message: fieldText(ctx.locale, problem, plan.facts) })),
    };
  }
}
