import { LOCALES, type Locale } from '@opora/platform/context';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';

export class TemplateParam {
  @Matches(/^[\w-]{1,40}\.[\w-]{1,60}$/)
  key: string;
  @IsIn(LOCALES)
  locale: Locale;
}

export class TemplateKeyParam {
  @Matches(/^[\w-]{1,40}\.[\w-]{1,60}$/)
  key: string;
}

export class SaveTemplate {
  @ApiProperty({ example: 'Заявка №{{ticket.number}} зарегистрирована' })
  @IsString()
  @Length(1, 300)
  subject: string;
  /** HTML with Mustache variables such as `{{ticket.subject}}`. */
  @ApiProperty({ example: '<p>Здравствуйте, {{contact.name}}!</p>' })
  @IsString()
  @Length(1, 50_000)
  body: string;
}

export class PreviewTemplate {
  @IsIn(LOCALES)
  locale: Locale;
  /** The ticket whose facts fill the template. */
  @IsUUID()
  ticketId: string;
  /** A draft to look at; without it, the present text. */
  @IsOptional()
  @IsString()
  @Length(1, 300)
  subject?: string;
  @IsOptional()
  @IsString()
  @Length(1, 50_000)
  body?: string;
}

export class MessageTemplateView {
  key: string;
  @ApiProperty({ enum: LOCALES })
  locale: Locale;
  subject: string;
  body: string;
  /** Reworded by the organisation. */
  isChanged: boolean;
}

export class TemplatePreviewView {
  subject: string;
  html: string;
  text: string;
}
