import { newId } from '@opora/platform/db';
import type { TestApi } from '@opora/platform/testing';
import type { __Thing__ } from './__thing__.entity';
import type { Create__Thing__ } from './__things__.dto';
import { __Things__ } from './__things__.service';

/** One of the __things_words__, made through the service. */
export const a__Thing__ = (api: TestApi, facts: Partial<Create__Thing__> = {}): Promise<__Thing__> =>
  api.get(__Things__).create(api.system, { name: `__Thing_words__ ${newId().slice(-6)}`, ...facts });
