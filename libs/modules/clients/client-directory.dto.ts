import { ApiProperty } from '@nestjs/swagger';
import { NameRef } from './clients.dto';
import { OBJECT_KINDS, type ObjectKind } from './service-object.entity';

/** A company in a picker. */
export class CompanyChoice {
  id: string;
  name: string;
  additionalName: string | null;
  inn: string | null;
}

/** A contact in a picker. */
export class ContactChoice {
  id: string;
  name: string;
  companies: NameRef[];
  /** Null when contacts are hidden from the asker. */
  email: string | null;
  phone: string | null;
}

/** A service object in a picker. */
export class ObjectChoice {
  id: string;
  companyId: string;
  name: string;
  @ApiProperty({ enum: OBJECT_KINDS })
  kind: ObjectKind;
  /** From the top of the tree down to the parent. */
  ancestors: NameRef[];
}
