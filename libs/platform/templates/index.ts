import { Global, Module } from '@nestjs/common';
import { Templates } from './templates.service';

export { MessageTemplate } from './message-template.entity';
export { type RenderedMessage, TemplateError, templateKeys, Templates, type TemplateText } from './templates.service';

@Global()
@Module({ providers: [Templates], exports: [Templates] })
export class TemplatesModule {}
