import type { Ctx } from '@opora/platform/context';
import { t } from '@opora/platform/i18n';
import type { ApprovalRoute } from './approval-route.entity';
import type {
  ApprovalRouteVersionView,
  ApprovalRouteView,
  ApproverView,
  RouteDefinitionView,
  ThresholdView,
} from './approval-route-views.dto';
import type { Named, VersionRow } from './approval-routes.service';
import { plain } from './route-choice-view';
import { moneyText, type Threshold } from './route-choice';
import type { Approver, LocalText, RouteDefinition } from './route-definition';

/** A name as the database keeps it: one text, or one in each language. */
export type NamedRef = string | LocalText;

type Names = ReadonlyMap<string, NamedRef>;

const nameIn = ({ locale }: Ctx, names: Names, id: string | null | undefined): string => {
  const name = id ? names.get(id) : undefined;
  return typeof name === 'object' ? name[locale] : (name ?? '');
};

export const toThresholdView = (threshold: Threshold | null): ThresholdView | null =>
  threshold && {
    value: threshold.in === 'money' ? moneyText(threshold.value) : plain(threshold.value),
    in: threshold.in,
    indexId: threshold.indexId,
  };

export const toApprovalRouteView = (ctx: Ctx, { row, names }: Named<ApprovalRoute>): ApprovalRouteView => ({
  id: row.id,
  code: row.code,
  name: row.name,
  label: row.name[ctx.locale],
  kind: { id: row.kindId, label: nameIn(ctx, names, row.kindId) },
  isActive: row.isActive,
  position: row.position,
  version: row.version,
  over: toThresholdView(row.over),
  upTo: toThresholdView(row.upTo),
  definition: toDefinitionView(ctx, row.definition, names),
  archivedAt: row.archivedAt?.toISOString() ?? null,
  updatedAt: row.updatedAt.toISOString(),
});

export const toRouteVersionView = (ctx: Ctx, { row, names }: Named<VersionRow>): ApprovalRouteVersionView => ({
  version: row.version,
  savedAt: row.savedAt.toISOString(),
  savedBy: row.savedBy,
  name: row.name,
  over: toThresholdView(row.over),
  upTo: toThresholdView(row.upTo),
  definition: toDefinitionView(ctx, row.definition, names),
});

function toDefinitionView(ctx: Ctx, definition: RouteDefinition, names: Names): RouteDefinitionView {
  const approver = (one: Approver): ApproverView => toApproverView(ctx, one, names);
  return {
    stages: definition.stages.map((stage) => ({
      id: stage.id,
      name: stage.name,
      mode: stage.mode,
      k: stage.k,
      order: stage.order,
      approvers: stage.approvers.map(approver),
      term: stage.term,
      remindBefore: stage.remindBefore,
      escalate: stage.escalate && { afterSeconds: stage.escalate.afterSeconds, to: approver(stage.escalate.to) },
      delegate: stage.delegate,
      documents: stage.documents,
      ifNobody: stage.ifNobody,
      allowsReturn: stage.allowsReturn,
    })),
    copies: definition.copies.map(approver),
    executors: definition.executors.map(({ who, text }) => ({ who: approver(who), text })),
    mergesRepeated: definition.mergesRepeated,
    returnsTo: definition.returnsTo,
    needsBase: definition.needsBase,
  };
}

const toApproverView = (ctx: Ctx, one: Approver, names: Names): ApproverView => ({
  by: one.by,
  employeeId: one.employeeId ?? null,
  roleId: one.roleId ?? null,
  teamId: one.teamId ?? null,
  levels: one.levels ?? null,
  upToRoleId: one.upToRoleId ?? null,
  label: labelOf(ctx, one, names),
});

function labelOf(ctx: Ctx, one: Approver, names: Names): string {
  if (one.by === 'employee') return nameIn(ctx, names, one.employeeId);
  if (one.by === 'role') return nameIn(ctx, names, one.roleId);
  if (one.by === 'team_lead')
    return t(ctx, one.teamId ? 'approvals.source.leadOf' : 'approvals.source.lead', {
      team: nameIn(ctx, names, one.teamId),
    });
  if (one.by !== 'managers') return t(ctx, `approvals.source.${one.by}`);
  if (one.upToRoleId) return t(ctx, 'approvals.source.managersUpTo', { role: nameIn(ctx, names, one.upToRoleId) });
  return t(ctx, 'approvals.source.managers', { count: one.levels ?? 1 });
}
