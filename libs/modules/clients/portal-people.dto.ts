import { ApiProperty, OmitType } from '@nestjs/swagger';
import { Optional, PageQuery } from '@opora/platform/http';
import { IsEmail, IsOptional, IsUUID, Length, MaxLength } from 'class-validator';
import { NameRef } from './clients.dto';
import { MembershipFields } from './contacts.dto';
import { EmptyIsNull, Lowercase, OneLine } from './plain-text';
import { PortalRightsView } from './portal-me.dto';

export class ListPortalPeople extends PageQuery {
  @IsOptional()
  @IsUUID()
  companyId?: string;
}

/** A colleague to invite, with his rights in the company. */
export class InvitePortalPerson extends MembershipFields {
  /** May be left out by an administrator of one company. */
  @Optional()
  @IsUUID()
  companyId?: string;

  @ApiProperty({ example: 'Пётр Сидоров' })
  @OneLine()
  @Length(1, 200)
  name: string;

  @ApiProperty({ example: 'petr@romashka.example' })
  @Lowercase()
  @MaxLength(254)
  @IsEmail()
  email: string;
}

/** Rights to change; what is left out stays. */
export class UpdatePortalPerson extends OmitType(MembershipFields, ['position']) {
  @IsOptional()
  @EmptyIsNull()
  @OneLine()
  @Length(1, 200)
  position?: string | null;
}

/** A person of the administrator's company. */
export class PortalPersonView {
  /** Of the person's place in this company. */
  id: string;
  company: NameRef;
  name: string;
  email: string | null;
  position: string | null;
  rights: PortalRightsView;
  /** Empty: the whole company. */
  objects: NameRef[];
  isMe: boolean;
}
