import { type Actor, holds } from '@opora/platform/context';
import { definePermissions } from '@opora/platform/permissions';

/** Permissions of the module. */
export const __Module__Permission = definePermissions('__module__', ['read', 'manage']);

/** The condition every query carries. */
export const visibleTo = (actor: Actor): string => (actor.kind === 'system' || holds(actor, __Module__Permission.read) ? 'true' : 'false');
