import type { Ctx } from '../context';

/** A fact that has happened (event) or work that must be done (job), with its payload. */
export type Message<Payload> = { name: string; payload: Payload };

export type MessageDefinition<Payload> = ((payload: Payload) => Message<Payload>) & {
  messageName: string;
  kind: 'event' | 'job';
};

export type PayloadOf<Definition> = Definition extends MessageDefinition<infer Payload> ? Payload : never;

/** What a handler is told about its delivery. `eventId` is the same for every handler of one event. */
export type Delivery = { id: string; eventId: string; attempt: number; createdAt: Date };

const definitions = new Map<string, 'event' | 'job'>();

function define<Payload>(name: string, kind: 'event' | 'job'): MessageDefinition<Payload> {
  definitions.set(name, kind);
  return Object.assign((payload: Payload) => ({ name, payload }), { messageName: name, kind });
}

/** Declares an event: `export const TicketCreated = defineEvent<{ ticketId: string }>('ticket.created')`. */
export const defineEvent = <Payload>(name: string): MessageDefinition<Payload> => define<Payload>(name, 'event');

/** Declares a job: `export const SendMail = defineJob<{ mailId: string }>('mail.send')`. */
export const defineJob = <Payload>(name: string): MessageDefinition<Payload> => define<Payload>(name, 'job');

/** Every declared event and job, for the whole-server test. */
export const declaredMessages = (): ReadonlyMap<string, 'event' | 'job'> => definitions;

export type HandlerOptions = {
  /** False: the effect is outside the database; the row is leased and no transaction is held while the handler runs. */
  transaction?: boolean;
};
export type HandlerMark = { message: string; kind: 'event' | 'job'; options: HandlerOptions };
export type ScheduleMark = { seconds: number };

export const HANDLER_MARK = Symbol('opora:handler');
export const SCHEDULE_MARK = Symbol('opora:schedule');

type HandlerMethod<Payload> = (ctx: Ctx, payload: Payload, delivery: Delivery) => Promise<unknown>;

function mark<Payload>(definition: MessageDefinition<Payload>, options: HandlerOptions) {
  return <Method extends HandlerMethod<Payload>>(
    _target: object,
    _key: string | symbol,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    const marks = (Reflect.getMetadata(HANDLER_MARK, descriptor.value as object) ?? []) as HandlerMark[];
    marks.push({ message: definition.messageName, kind: definition.kind, options });
    Reflect.defineMetadata(HANDLER_MARK, marks, descriptor.value as object);
  };
}

/** Runs the method for every such event: once in effect, in a transaction of its own, retried until it succeeds. */
export const On = <Payload>(event: MessageDefinition<Payload>, options: HandlerOptions = {}) => mark(event, options);

/** Runs the method for every such job. A job has exactly one handler. */
export const Handles = <Payload>(job: MessageDefinition<Payload>, options: HandlerOptions = {}) => mark(job, options);

/** Runs the method every so many seconds in the worker, in one process at a time. */
export const Every =
  (seconds: number) =>
  <Method extends (ctx: Ctx) => Promise<unknown>>(
    _target: object,
    _key: string | symbol,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void =>
    Reflect.defineMetadata(SCHEDULE_MARK, { seconds } satisfies ScheduleMark, descriptor.value as object);
