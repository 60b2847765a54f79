import { Body, Controller, Delete, Get, Param, Patch, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { IdParam, Returns, ReturnsList, ReturnsNothing } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { DispatchPermission } from './dispatch.access';
import { SaveSkill, SetTypeSkills, SkillView, TypeSkillsView } from './skills.dto';
import { Skills } from './skills.service';

@ApiTags('dispatch')
@Controller()
export class SkillsController {
  constructor(private readonly skills: Skills) {}

  /** The catalogue of skills by name. */
  @Get('skills')
  @Allow(DispatchPermission.read, DispatchPermission.manage)
  @ReturnsList(SkillView)
  async list(@Context() ctx: Ctx) {
    return { data: await this.skills.list(ctx) };
  }

  @Post('skills')
  @Allow(DispatchPermission.manage)
  @Returns(SkillView, 201)
  create(@Context() ctx: Ctx, @Body() { name }: SaveSkill) {
    return this.skills.create(ctx, name);
  }

  @Patch('skills/:id')
  @Allow(DispatchPermission.manage)
  @Returns(SkillView)
  rename(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() { name }: SaveSkill) {
    return this.skills.rename(ctx, id, name);
  }

  /** Takes the skill from everybody who has it and from every type that needs it. */
  @Delete('skills/:id')
  @Allow(DispatchPermission.manage)
  @ReturnsNothing()
  async delete(@Context() ctx: Ctx, @Param() { id }: IdParam) {
    await this.skills.delete(ctx, id);
  }

  /** What tickets of each type need. */
  @Get('type-skills')
  @Allow(DispatchPermission.read, DispatchPermission.manage)
  @ReturnsList(TypeSkillsView)
  async ofTypes(@Context() ctx: Ctx) {
    return { data: await this.skills.ofTypes(ctx) };
  }

  /** Replaces what tickets of this type need. */
  @Put('type-skills/:id')
  @Allow(DispatchPermission.manage)
  @Returns(TypeSkillsView)
  setOfType(@Context() ctx: Ctx, @Param() { id }: IdParam, @Body() { skills }: SetTypeSkills) {
    return this.skills.setOfType(ctx, id, skills);
  }
}
