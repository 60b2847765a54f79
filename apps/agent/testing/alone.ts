// A channel between tabs would keep the test process awake; the code does without where there is none.
Object.assign(globalThis, { BroadcastChannel: undefined });

export {};
