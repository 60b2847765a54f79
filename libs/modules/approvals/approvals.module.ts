import { Module } from '@nestjs/common';
import { MacrosModule } from '@opora/modules/macros';
import { PeopleModule } from '@opora/modules/people';
import { SlaModule } from '@opora/modules/sla';
import { TicketsModule } from '@opora/modules/tickets';
import { ApprovalAction } from './approval-action';
import { ApprovalCatalogueController } from './approval-catalogue.controller';
import { ApprovalCatalogue } from './approval-catalogue.service';
import { ApprovalDocuments } from './approval-documents.service';
import { ApprovalGuard } from './approval-guard';
import { ApprovalLinks } from './approval-links.service';
import { ApprovalListener } from './approval.listener';
import { ApprovalMails } from './approval-mails.listener';
import { ApprovalMoments } from './approval-moments.service';
import { ApprovalNews } from './approval-news.service';
import { ApprovalPlanner } from './approval-planner.service';
import { ApprovalPlans } from './approval-plans';
import { ApprovalProgress } from './approval-progress.service';
import { ApprovalReading } from './approval-reading.service';
import { ApprovalRoutesController } from './approval-routes.controller';
import { ApprovalRoutes } from './approval-routes.service';
import { ApprovalSchedulesController } from './approval-schedules.controller';
import { ApprovalSchedules } from './approval-schedules.service';
import { ApprovalSheets } from './approval-sheets.service';
import { ApprovalTasks } from './approval-tasks.service';
import { ApprovalsController } from './approvals.controller';
import { ApprovalSeed } from './approvals.seed';
import { Approvals } from './approvals.service';
import { ApproverSearch } from './approver-search.service';
import { PortalApprovalsController } from './portal-approvals.controller';
import { RouteChoices } from './route-choices.service';
import { RouteReferences } from './route-references.service';
import { SharedApprovals } from './shared-approvals.service';
import { StandIns } from './stand-ins.service';

@Module({
  imports: [PeopleModule, TicketsModule, SlaModule, MacrosModule],
  controllers: [
    ApprovalsController,
    PortalApprovalsController,
    ApprovalRoutesController,
    ApprovalCatalogueController,
    ApprovalSchedulesController,
  ],
  providers: [
    ApprovalAction,
    ApprovalCatalogue,
    ApprovalDocuments,
    ApprovalGuard,
    ApprovalLinks,
    ApprovalListener,
    ApprovalMails,
    ApprovalMoments,
    ApprovalNews,
    ApprovalPlanner,
    ApprovalPlans,
    ApprovalProgress,
    ApprovalReading,
    ApprovalRoutes,
    ApprovalSchedules,
    ApprovalSeed,
    ApprovalSheets,
    ApprovalTasks,
    Approvals,
    ApproverSearch,
    RouteChoices,
    RouteReferences,
    SharedApprovals,
    StandIns,
  ],
  exports: [ApprovalMoments, ApprovalSeed, Approvals],
})
export class ApprovalsModule {}
