import { IsIn, IsOptional, IsString, IsTimeZone, Length } from 'class-validator';
import { LOCALES, type Locale } from '../context';
import { Trimmed } from '../http/params';

export class UpdateOrganisation {
  @IsOptional()
  @Trimmed()
  @IsString()
  @Length(1, 120)
  name?: string;
  /** IANA time zone of the organisation. */
  @IsOptional()
  @IsTimeZone()
  timeZone?: string;
  @IsOptional()
  @IsIn(LOCALES)
  locale?: Locale;
}

export class OrganisationView {
  name: string;
  timeZone: string;
  locale: Locale;
}
