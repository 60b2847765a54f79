/**
 * The environment of the server's specs: Node as it is, without a realm of its own. Packages are loaded once per worker and stay; our own
 * files are evaluated anew for every spec file, as Jest does. What a file leaves in `globalThis` and `process.env` is taken away behind it.
 */
const vm = require('node:vm');
const { LegacyFakeTimers, ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

const HERE = vm.createContext({});
const { compileFunction } = vm;
/** Jest compiles every module for a context; for this one that is the worker's own. */
vm.compileFunction = (code, names, { parsingContext, ...options } = {}) =>
  compileFunction(code, names, parsingContext === HERE ? options : { ...options, parsingContext });

const STACK_DEPTH = 30;
const timers = { idToRef: (id) => ({ id, ref() {}, unref() {} }), refToId: (timer) => timer?.id };

class ServerEnvironment {
  constructor({ projectConfig: config }) {
    this.before = Object.getOwnPropertyDescriptors(globalThis);
    this.env = { ...process.env };
    this.stack = { prepareStackTrace: Error.prepareStackTrace, stackTraceLimit: Error.stackTraceLimit };
    Error.stackTraceLimit = STACK_DEPTH;
    this.global = globalThis;
    this.global.__requirePackage = require;
    this.moduleMocker = new ModuleMocker(globalThis);
    const options = { config, global: globalThis };
    this.fakeTimers = new LegacyFakeTimers({ ...options, moduleMocker: this.moduleMocker, timerConfig: timers });
    this.fakeTimersModern = new ModernFakeTimers(options);
  }

  async setup() {}

  async teardown() {
    this.fakeTimers.dispose();
    this.fakeTimersModern.dispose();
    for (const key of Reflect.ownKeys(globalThis)) {
      const was = this.before[key];
      if (!was) Reflect.deleteProperty(globalThis, key);
      else if (was.configurable) Object.defineProperty(globalThis, key, was);
    }
    for (const name of Object.keys(process.env)) if (!(name in this.env)) delete process.env[name];
    Object.assign(process.env, this.env);
    Object.assign(Error, this.stack);
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return HERE;
  }
}

module.exports = ServerEnvironment;
