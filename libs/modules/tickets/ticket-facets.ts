import { ApiProperty } from '@nestjs/swagger';
import type { Actor, Ctx } from '@opora/platform/context';
import type { SqlParams } from '@opora/platform/db';
import { TicketView } from './ticket-card.dto';
import { TicketRowView } from './ticket-list.dto';

type View = new () => object;

/** What a module above shows of a ticket in lists and on the card, beside what tickets themselves know. */
export type TicketFacet = {
  /** Shape of the value; it goes into the API's description. */
  view: View;
  /** SQL of the value as jsonb over the alias `t`, one lookup by a key; its text must not depend on data, values go through `params`. */
  select(who: { actor: Actor; locale: Ctx['locale'] }, params: SqlParams): string;
  /** Only on the card: lists do without it. */
  isCardOnly?: boolean;
};

const facets = new Map<string, TicketFacet>();

/** Adds the property `key` to rows and cards of tickets: null where the module has nothing to say. */
export function defineTicketFacet(key: string, facet: TicketFacet): void {
  facets.set(key, facet);
  const describe = ApiProperty({ type: facet.view, nullable: true, required: true });
  describe(TicketView.prototype, key);
  if (!facet.isCardOnly) describe(TicketRowView.prototype, key);
}

/** SQL of all facets of a card as one object. */
export const selectCardFacets = ({ actor, locale }: Ctx, params: SqlParams): string =>
  facets.size
    ? `jsonb_build_object(${[...facets].map(([key, facet]) => `'${key}', (${facet.select({ actor, locale }, params)})`).join(', ')})`
    : `'{}'::jsonb`;

/** SQL of the facets of a row by their keys, each to be a column of its own. */
export const rowFacets = ({ actor, locale }: Ctx, params: SqlParams): [key: string, sql: string][] =>
  [...facets].flatMap(([key, facet]) =>
    facet.isCardOnly ? [] : [[key, facet.select({ actor, locale }, params)] satisfies [string, string]],
  );
