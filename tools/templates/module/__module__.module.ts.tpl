import { Module } from '@nestjs/common';
import { PeopleModule } from '@opora/modules/people';
import { __Things__Controller } from './__things__.controller';
import { __Things__ } from './__things__.service';

@Module({ imports: [PeopleModule], controllers: [__Things__Controller], providers: [__Things__], exports: [__Things__] })
export class __Module__Module {}
