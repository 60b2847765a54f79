import { Global, Module } from '@nestjs/common';
import { FileStore } from './file-store';
import { FilesController } from './files.controller';
import { Files } from './files.service';

@Global()
@Module({ controllers: [FilesController], providers: [FileStore, Files], exports: [Files, FileStore] })
export class FilesModule {}
