import type { TestApi } from '@opora/platform/testing';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { ModulesContainer } from '@nestjs/core';
import { getMetadataStorage } from 'class-validator';

type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete';
/** A route of the server, with the fields its body and its query take. */
export type Door = { verb: Verb; path: string; body: string[]; query: string[]; isPortal: boolean };

/** Files and streams answer in their own way; their modules prove them. */
const APART = /^(live|portal\/live|files|portal\/files|dev\/|test\/|metrics|auth\/|portal\/auth\/)/;
const propertiesOf = (type: unknown): string[] =>
  typeof type === 'function'
    ? [
        ...new Set(
          getMetadataStorage()
            .getTargetValidationMetadatas(type, '', false, false)
            .map(({ propertyName }) => propertyName),
        ),
      ]
    : [];

/** Every route but those that answer in their own way. */
export function doorsOf(api: TestApi): Door[] {
  const doors: Door[] = [];
  for (const module of api.app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as Record<string, object>;
      for (const key of Object.getOwnPropertyNames(prototype)) {
        const method = Reflect.getMetadata(METHOD_METADATA, prototype[key] ?? {}) as RequestMethod | undefined;
        if (method === undefined) continue;
        const path =
          `${String(Reflect.getMetadata(PATH_METADATA, metatype))}/${String(Reflect.getMetadata(PATH_METADATA, prototype[key]!))}`
            .replace(/\/+/g, '/')
            .replace(/^\/|\/$/g, '');
        if (APART.test(path)) continue;
        const types = (Reflect.getMetadata('design:paramtypes', prototype, key) ?? []) as unknown[];
        const taken = (Reflect.getMetadata(ROUTE_ARGS_METADATA, metatype, key) ?? {}) as Record<
          string,
          { index: number }
        >;
        const inputOf = (kind: RouteParamtypes): string[] =>
          Object.entries(taken).flatMap(([mark, { index }]) =>
            mark.startsWith(`${kind}:`) ? propertiesOf(types[index]) : [],
          );
        doors.push({
          verb: RequestMethod[method].toLowerCase() as Verb,
          path,
          body: inputOf(RouteParamtypes.BODY),
          query: inputOf(RouteParamtypes.QUERY),
          isPortal: path.startsWith('portal/'),
        });
      }
    }
  }
  return doors.sort((a, b) => `${a.path} ${a.verb}`.localeCompare(`${b.path} ${b.verb}`));
}
