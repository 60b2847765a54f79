import { Trimmed } from '@opora/platform/http';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsObject,
  IsString,
  IsUUID,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';

export class SaveSkill {
  @ApiProperty({ example: 'Фискальные регистраторы' })
  @Trimmed()
  @IsString()
  @Length(1, 120)
  name: string;
}

export class SkillLevelInput {
  @IsUUID()
  skillId: string;

  /** 1 beginner, 2 on his own, 3 expert. */
  @IsInt()
  @Min(1)
  @Max(3)
  level: number;
}

export class SetTypeSkills {
  /** What tickets of the type need, at least at which level. */
  @ApiProperty({ type: [SkillLevelInput] })
  @IsArray()
  @ArrayMaxSize(50)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => SkillLevelInput)
  skills: SkillLevelInput[];
}

export class SkillLevelView {
  skillId: string;
  level: number;
}

export class SkillView {
  id: string;
  name: string;
  /** How many people have it. */
  people: number;
}

export class TypeSkillsView {
  typeId: string;
  /** Name of the ticket type in the asker's language. */
  name: string;
  @ApiProperty({ type: [SkillLevelView] })
  skills: SkillLevelView[];
}
