import type { TestApi } from '@opora/platform/testing';
import { PlanMoments } from './plan-moments.service';

/** Moves the clock on, runs what has become due, lays dates out and makes the tickets that are due. */
export async function passPlanned(api: TestApi, by: Parameters<TestApi['advance']>[0]): Promise<number> {
  await api.advance(by);
  await api.get(PlanMoments).layOut(api.system);
  const made = await api.get(PlanMoments).makeDue();
  await api.drain();
  return made;
}
