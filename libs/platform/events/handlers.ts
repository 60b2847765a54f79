import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Ctx } from '../context';
import { type Delivery, HANDLER_MARK, type HandlerMark, SCHEDULE_MARK, type ScheduleMark } from './define';

type Run = (ctx: Ctx, payload: unknown, delivery: Delivery) => Promise<unknown>;
export type RegisteredHandler = {
  name: string;
  message: string;
  kind: 'event' | 'job';
  transaction: boolean;
  run: Run;
};
export type RegisteredSchedule = { name: string; seconds: number; run: (ctx: Ctx) => Promise<unknown> };

/** Finds the methods marked @On, @Handles and @Every on every provider. */
@Injectable()
export class Handlers {
  private found?: { handlers: RegisteredHandler[]; schedules: RegisteredSchedule[]; outside: string[] };
  private byMessage = new Map<string, RegisteredHandler[]>();
  private byName = new Map<string, RegisteredHandler>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  all(): RegisteredHandler[] {
    return this.scan().handlers;
  }

  schedules(): RegisteredSchedule[] {
    return this.scan().schedules;
  }

  of(message: string): RegisteredHandler[] {
    this.scan();
    return this.byMessage.get(message) ?? [];
  }

  named(name: string, message: string): RegisteredHandler | undefined {
    this.scan();
    return this.byName.get(`${name} ${message}`);
  }

  /** Names of the handlers whose effect is outside the database. */
  outside(): string[] {
    return this.scan().outside;
  }

  private scan() {
    if (this.found) return this.found;
    const handlers: RegisteredHandler[] = [];
    const schedules: RegisteredSchedule[] = [];
    for (const wrapper of this.discovery.getProviders()) {
      const instance = wrapper.instance as Record<string, unknown> | undefined;
      if (!instance || typeof instance !== 'object' || !wrapper.isDependencyTreeStatic()) continue;
      const prototype = Object.getPrototypeOf(instance) as object | null;
      if (!prototype || prototype === Object.prototype) continue;
      for (const key of this.scanner.getAllMethodNames(prototype)) {
        const method = instance[key] as object;
        const name = `${instance.constructor.name}.${key}`;
        const marks = (Reflect.getMetadata(HANDLER_MARK, method) ?? []) as HandlerMark[];
        const run = (method as Run).bind(instance);
        for (const { message, kind, options } of marks) {
          handlers.push({ name, message, kind, transaction: options.transaction !== false, run });
        }
        const schedule = Reflect.getMetadata(SCHEDULE_MARK, method) as ScheduleMark | undefined;
        if (schedule) schedules.push({ name, seconds: schedule.seconds, run: run as RegisteredSchedule['run'] });
      }
    }
    for (const handler of handlers) {
      this.byMessage.set(handler.message, [...(this.byMessage.get(handler.message) ?? []), handler]);
      this.byName.set(`${handler.name} ${handler.message}`, handler);
    }
    for (const [message, list] of this.byMessage) {
      if (list[0]?.kind === 'job' && list.length > 1)
        throw new Error(`Job ${message} has ${list.length} handlers: ${list.map((h) => h.name).join(', ')}`);
    }
    const outside = handlers.filter(({ transaction }) => !transaction).map(({ name }) => name);
    return (this.found = { handlers, schedules, outside });
  }
}
