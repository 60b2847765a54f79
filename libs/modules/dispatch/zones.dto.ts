import { Optional, PageQuery, Trimmed } from '@opora/platform/http';
import { ApiProperty, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import type { LonLat, Polygon } from './geography';

const MAX_DISTRICTS = 200;

export class CreateZone {
  @ApiProperty({ example: 'Тула и область' })
  @Trimmed()
  @IsString()
  @Length(1, 120)
  name: string;

  /** Colour on the map and on the board, `#rrggbb`. */
  @ApiProperty({ required: false, example: '#1971c2' })
  @Optional()
  @Matches(/^#[0-9a-fA-F]{6}$/)
  color?: string;

  /** Corners as [longitude, latitude], at most 500; null for a zone of districts alone. */
  @ApiProperty({
    required: false,
    nullable: true,
    type: 'array',
    items: { type: 'array', items: { type: 'number' } },
    example: [
      [37.4, 54.0],
      [38.0, 54.0],
      [38.0, 54.4],
    ],
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1000)
  @IsArray({ each: true })
  polygon?: [number, number][] | null;

  /** Districts and towns that addresses of the zone name, whole words. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_DISTRICTS)
  @IsString({ each: true })
  @Length(2, 100, { each: true })
  districts?: string[];

  /** Who serves it. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  engineerIds?: string[];
}

export class UpdateZone extends PartialType(CreateZone) {}

export class OrderZones {
  /** Every zone, the first outranks the rest. */
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  ids: string[];
}

export class ImportZones {
  /** A GeoJSON FeatureCollection, Feature or geometry: every polygon becomes a zone named by its property `name`. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  @IsObject()
  geojson: Record<string, unknown>;
}

export class DispatchPersonRef {
  id: string;
  name: string;
}

export class ZoneView {
  id: string;
  name: string;
  color: string;
  /** Corners as [longitude, latitude]. */
  @ApiProperty({ type: 'array', items: { type: 'array', items: { type: 'number' } }, nullable: true })
  polygon: [number, number][] | null;
  districts: string[];
  position: number;
  engineers: DispatchPersonRef[];
  version: number;
}

export class ZoneRef {
  id: string;
  name: string;
  color: string;
}

export class ListZoneObjects extends PageQuery {
  /** Objects of this zone; `none` asks for those that lie in none. */
  @IsOptional()
  @Matches(/^(none|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$/)
  zoneId?: string;

  /** Words of the name or the address. */
  @IsOptional()
  @Trimmed()
  @IsString()
  @MaxLength(200)
  q?: string;
}

export class ZoneObjectView {
  id: string;
  name: string;
  company: DispatchPersonRef;
  /** The object's own address or the nearest above it. */
  address: string | null;
  latitude: number | null;
  longitude: number | null;
  zoneIds: string[];
}

export class MapPointView {
  id: string;
  name: string;
  latitude: number;
  longitude: number;
  zoneIds: string[];
}

export class ZoneMapView {
  /** Objects with coordinates of their own, at most 3000. */
  @ApiProperty({ type: [MapPointView] })
  objects: MapPointView[];
  /** Base points of engineers. */
  @ApiProperty({ type: [MapPointView] })
  engineers: MapPointView[];
  isCut: boolean;
}

export type ZoneRow = Omit<ZoneView, 'polygon'> & { polygon: Polygon | null; words: string[] };

export const toZoneView = (zone: ZoneRow): ZoneView => ({
  id: zone.id,
  name: zone.name,
  color: zone.color,
  polygon: zone.polygon?.map(([lon, lat]: LonLat): [number, number] => [lon, lat]) ?? null,
  districts: zone.districts,
  position: zone.position,
  engineers: zone.engineers,
  version: zone.version,
});
