import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Context, type Ctx } from '@opora/platform/context';
import { Returns } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { AutomationPermission } from './automation.access';
import { RoutingTest, RoutingTestView } from './routing-test.dto';
import { RoutingTester } from './routing-tester.service';

@ApiTags('automation')
@Controller('routing')
export class RoutingTesterController {
  constructor(private readonly tester: RoutingTester) {}

  /** Where a ticket would go at a moment and why: every level of the client, then every row. Nothing is written. */
  @Post('test')
  @Allow(AutomationPermission.read, AutomationPermission.manage)
  @Returns(RoutingTestView)
  test(@Context() ctx: Ctx, @Body() input: RoutingTest) {
    return this.tester.test(ctx, input);
  }
}
