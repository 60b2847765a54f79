import { Context, type Ctx } from '@opora/platform/context';
import { Returns } from '@opora/platform/http';
import { Allow } from '@opora/platform/permissions';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SearchEverything, SearchView } from './ticket-search.dto';
import { TicketSearch } from './ticket-search.service';
import { TicketPermission } from './tickets.access';

@ApiTags('search')
@Controller('search')
export class SearchController {
  constructor(private readonly search: TicketSearch) {}

  /** Tickets, companies and people that answer the words; exact numbers first, then the best matches. */
  @Get()
  @Allow(TicketPermission.read)
  @Returns(SearchView)
  find(@Context() ctx: Ctx, @Query() query: SearchEverything) {
    return this.search.search(ctx, query);
  }
}
