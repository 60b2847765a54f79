import { Global, Module } from '@nestjs/common';
import { readSettings, Settings } from './settings';

export { readSettings, Settings, SettingsError } from './settings';

export { failPoint } from './fail-point';

let current: Settings | undefined;

/** The settings of this process, read on first use. */
export const settings = (): Settings => (current ??= readSettings(process.env));

/** For tests and tools that change the environment after the first read. */
export const rereadSettings = (): Settings => (current = readSettings(process.env));

@Global()
@Module({ providers: [{ provide: Settings, useFactory: settings }], exports: [Settings] })
export class SettingsModule {}
