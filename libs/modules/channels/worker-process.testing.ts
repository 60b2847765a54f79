import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Relay, Workers } from '@opora/platform/events';
import { setLogLevel } from '@opora/platform/log';
import { PlatformModule } from '@opora/platform/platform';
import { ChannelsModule } from './channels.module';

/** A process that only works: takes mail in and works it off. Made to be killed by a spec. */
@Module({ imports: [PlatformModule.forRoot(), ChannelsModule] })
class WorkerProcess {}

async function work(): Promise<void> {
  setLogLevel('fatal');
  const app = await NestFactory.createApplicationContext(WorkerProcess, { logger: false });
  app.get(Relay).start();
  await app.get(Workers).start();
  process.stdout.write('working\n');
}

void work();
