import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { Clock } from '../context';
import { IsMoment } from '../http/rfc3339';
import { Returns } from '../http/returns';
import { Public } from '../permissions';

class SetClock {
  /** The moment it shall be now; null: the real time again. */
  @ValidateIf((_, value) => value !== null)
  @IsMoment()
  now: string | null;
}

class ClockView {
  now: string;
}

/** Moves the clock. Exists only with OPORA_TEST_MODE=1, which production refuses. */
@ApiExcludeController()
@Controller('test/clock')
export class TestClockController {
  @Get()
  @Public('test mode only')
  @Returns(ClockView)
  read() {
    return { now: Clock.now().toISOString() };
  }

  @Put()
  @Public('test mode only')
  @Returns(ClockView)
  set(@Body() { now }: SetClock) {
    if (now === null) Clock.reset();
    else Clock.set(new Date(now));
    return this.read();
  }
}
