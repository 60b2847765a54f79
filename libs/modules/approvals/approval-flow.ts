/**
 * Who is asked, what has passed and how it ended: a pure function of the route as it was frozen at the start and of what has happened
 * since. Nothing is incremented; the rows of steps are a picture of what this says. Moments are milliseconds since 1970.
 */
export type FlowPerson = { kind: 'employee' | 'contact'; id: string };

export const STAGE_MODES = ['all', 'any', 'k_of_n'] as const;
export type StageMode = (typeof STAGE_MODES)[number];
export const STAGE_ORDERS = ['parallel', 'sequence'] as const;
export type StageOrder = (typeof STAGE_ORDERS)[number];
export const DECISIONS = ['approve', 'decline', 'return'] as const;
export type Decision = (typeof DECISIONS)[number];

export type FlowStage = {
  mode: StageMode;
  /** How many must agree, with `k_of_n`. */
  k: number | null;
  order: StageOrder;
  /** Resolved at the start; nobody means that the stage is left out. */
  people: readonly FlowPerson[];
  /** A stage that wants something of its approvers is never passed by what they said before. */
  isMergeable: boolean;
};
export type FlowRoute = { stages: readonly FlowStage[]; mergesRepeated: boolean; returnsTo: 'start' | 'stage' };

/** What has happened, in order. A step is named by its key. */
export type FlowFact = { at: number } & (
  | { kind: 'started' }
  | { kind: 'decided'; step: string; decision: Decision; by: FlowPerson }
  | { kind: 'replaced'; step: string; person: FlowPerson }
  | { kind: 'resubmitted'; fromStart: boolean }
  | { kind: 'recalled' }
);

export const APPROVAL_STATES = ['waiting', 'returned', 'approved', 'declined', 'recalled'] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];
export const STEP_STATES = [
  'planned',
  'asked',
  'approved',
  'declined',
  'returned',
  'merged',
  'not_needed',
  'replaced',
] as const;
export type StepState = (typeof STEP_STATES)[number];
export const STAGE_STATES = ['planned', 'current', 'passed', 'declined', 'returned', 'skipped', 'stopped'] as const;
export type StageState = (typeof STAGE_STATES)[number];

/** One person in one stage, once. A substitute has the same slot and a later generation. */
export type FlowStep = {
  key: string;
  round: number;
  stage: number;
  slot: number;
  generation: number;
  person: FlowPerson;
  insteadOf: FlowPerson | null;
  state: StepState;
  askedAt: number | null;
  /** When it stopped being asked, whatever ended it. */
  endedAt: number | null;
  /** Of a merged step: the step in which the person said yes. */
  mergedWith: string | null;
};
export type Flow = {
  state: ApprovalState;
  round: number;
  /** Of the current or last stage. */
  stage: number;
  stages: StageState[];
  steps: FlowStep[];
  finishedAt: number | null;
};

const isSame = (one: FlowPerson, other: FlowPerson): boolean => one.kind === other.kind && one.id === other.id;
export const samePerson = isSame;

/** How many of a stage's people must agree. */
export function neededOf({ mode, k, people }: Pick<FlowStage, 'mode' | 'k' | 'people'>): number {
  if (mode === 'any') return 1;
  return mode === 'all' ? people.length : Math.min(k ?? people.length, people.length);
}

/** The state of an approval after the facts. Facts that came too late to count change nothing. */
export function flowOf(route: FlowRoute, facts: readonly FlowFact[]): Flow {
  const flow: Flow = {
    state: 'waiting',
    round: 1,
    stage: 0,
    stages: route.stages.map(() => 'planned'),
    steps: [],
    finishedAt: null,
  };
  const run = new Run(route, flow);
  for (const fact of facts) run.apply(fact);
  return flow;
}

class Run {
  /** Since this round what was agreed is about the same thing. */
  private validFrom = 1;

  constructor(
    private readonly route: FlowRoute,
    private readonly flow: Flow,
  ) {}

  apply(fact: FlowFact): void {
    const { flow, route } = this;
    if (fact.kind === 'started') return this.enter(0, fact.at);
    if (fact.kind === 'resubmitted') {
      if (flow.state !== 'returned') return;
      const fromStart = fact.fromStart || route.returnsTo === 'start';
      flow.state = 'waiting';
      flow.round++;
      if (fromStart) this.validFrom = flow.round;
      const next = fromStart ? 0 : flow.stage;
      for (let index = next; index < flow.stages.length; index++) flow.stages[index] = 'planned';
      return this.enter(next, fact.at);
    }
    if (fact.kind === 'recalled') {
      if (flow.state === 'waiting' || flow.state === 'returned') this.end('recalled', 'stopped', fact.at);
      return;
    }
    const step = flow.steps.find(({ key, state }) => key === fact.step && state === 'asked');
    if (!step || flow.state !== 'waiting') return;
    if (fact.kind === 'replaced') this.replace(step, fact.person, fact.at);
    else this.decide(step, fact.decision, fact.at);
    if (flow.state === 'waiting') this.settle(fact.at);
  }

  private decide(step: FlowStep, decision: Decision, at: number): void {
    step.endedAt = at;
    step.state = decision === 'approve' ? 'approved' : decision === 'decline' ? 'declined' : 'returned';
    if (decision !== 'return') return;
    this.flow.state = 'returned';
    this.flow.stages[this.flow.stage] = 'returned';
    this.close(at);
  }

  private replace(step: FlowStep, person: FlowPerson, at: number): void {
    step.state = 'replaced';
    step.endedAt = at;
    const { round, stage, slot, generation } = step;
    const next = this.step({ round, stage, slot, generation: generation + 1, person, insteadOf: step.person });
    this.flow.steps.push(next);
    this.ask(next, at);
  }

  /** Goes into a stage; one without people is left out, and so on to the end. */
  private enter(index: number, at: number): void {
    const { flow, route } = this;
    const stage = route.stages[index];
    if (!stage) {
      flow.state = 'approved';
      flow.stage = Math.max(0, route.stages.length - 1);
      flow.finishedAt = at;
      return;
    }
    flow.stage = index;
    if (!stage.people.length) {
      flow.stages[index] = 'skipped';
      return this.enter(index + 1, at);
    }
    flow.stages[index] = 'current';
    for (const [slot, person] of stage.people.entries())
      flow.steps.push(this.step({ round: flow.round, stage: index, slot, generation: 0, person, insteadOf: null }));
    this.settle(at);
  }

  /** Asks whom it is the turn of, and goes on when enough have said yes or too many no. */
  private settle(at: number): void {
    const { flow } = this;
    const stage = this.route.stages[flow.stage]!;
    for (;;) {
      const live = this.live();
      const yes = live.filter(({ state }) => state === 'approved' || state === 'merged').length;
      const no = live.filter(({ state }) => state === 'declined').length;
      const needed = neededOf(stage);
      if (yes >= needed) {
        flow.stages[flow.stage] = 'passed';
        this.close(at);
        return this.enter(flow.stage + 1, at);
      }
      if (no > live.length - needed) return this.end('declined', 'declined', at);
      const planned = live.filter(({ state }) => state === 'planned');
      const isBusy = live.some(({ state }) => state === 'asked');
      const next = stage.order === 'parallel' ? planned : isBusy ? [] : planned.slice(0, 1);
      if (!next.length) return;
      for (const step of next) this.ask(step, at);
    }
  }

  private ask(step: FlowStep, at: number): void {
    const known = this.saidYes(step);
    step.askedAt = at;
    step.state = known ? 'merged' : 'asked';
    step.endedAt = known ? at : null;
    step.mergedWith = known?.key ?? null;
  }

  /** The step of an earlier stage in which this person himself said yes to the same thing. */
  private saidYes({ stage, person }: FlowStep): FlowStep | undefined {
    if (!this.route.mergesRepeated || !this.route.stages[stage]!.isMergeable) return undefined;
    return this.flow.steps.find(
      (other) =>
        other.state === 'approved' &&
        other.stage < stage &&
        other.round >= this.validFrom &&
        isSame(other.person, person),
    );
  }

  /** The steps of the current stage that count: not those that went over to somebody else. */
  private live(): FlowStep[] {
    const { round, stage, steps } = this.flow;
    return steps.filter((step) => step.round === round && step.stage === stage && step.state !== 'replaced');
  }

  /** Nobody else of the stage is needed any more. */
  private close(at: number): void {
    for (const step of this.live()) {
      if (step.state !== 'asked' && step.state !== 'planned') continue;
      if (step.state === 'asked') step.endedAt = at;
      step.state = 'not_needed';
    }
  }

  private end(state: ApprovalState, stage: StageState, at: number): void {
    const { flow } = this;
    if (flow.state === 'waiting') flow.stages[flow.stage] = stage;
    flow.state = state;
    flow.finishedAt = at;
    this.close(at);
  }

  private step(facts: Pick<FlowStep, 'round' | 'stage' | 'slot' | 'generation' | 'person' | 'insteadOf'>): FlowStep {
    const { round, stage, slot, generation } = facts;
    const key = `${round}.${stage}.${slot}.${generation}`;
    return { key, ...facts, state: 'planned', askedAt: null, endedAt: null, mergedWith: null };
  }
}
