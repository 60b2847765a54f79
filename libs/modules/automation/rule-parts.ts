import { AutoRating } from './auto-rating';
import { RuleAlarms } from './rule-alarms.service';
import { RuleBook } from './rule-book.service';
import { RuleEngine } from './rule-engine.service';
import { RuleEvents } from './rule-events.listener';
import { RuleFirings } from './rule-firings.service';
import { RuleMoments } from './rule-moments.service';
import { RuleTester } from './rule-tester.service';
import { RuleTriggers } from './rule-triggers.service';
import { RuleViews } from './rule-views.service';
import { RuleFiringsController, RulesController } from './rules.controller';
import { RuleSeed } from './rules.seed';
import { Rules } from './rules.service';
import { Webhooks } from './webhooks.service';

/** The side of the module that obeys rules. */
export const ruleControllers = [RulesController, RuleFiringsController];
export const ruleProviders = [
  AutoRating,
  RuleAlarms,
  RuleBook,
  RuleEngine,
  RuleEvents,
  RuleFirings,
  RuleMoments,
  RuleSeed,
  RuleTester,
  RuleTriggers,
  RuleViews,
  Rules,
  Webhooks,
];
