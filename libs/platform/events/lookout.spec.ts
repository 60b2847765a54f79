import { setTimeout as sleep } from 'node:timers/promises';
import { Lookout } from './lookout';

const watch = { name: 'spec', everyMs: 5, afterFailureMs: 5 };
const until = async (isTrue: () => boolean) => {
  for (const end = Date.now() + 5000; Date.now() < end && !isTrue();) await sleep(5);
  expect(isTrue()).toBe(true);
};

it('looks again and again, also after a failure, and at once while there is more', async () => {
  const answers: (boolean | Error)[] = [true, new Error('gone'), false];
  let looks = 0;
  const lookout = new Lookout({
    ...watch,
    look: () => {
      const answer = answers[looks++] ?? false;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  });
  await lookout.start();
  await until(() => looks > 4);
  await lookout.stop();
  const seen = looks;
  await sleep(40);
  expect(looks).toBe(seen);
});

it('looks in as many lanes as it is told, and its end waits for every look under way', async () => {
  let under = 0;
  let most = 0;
  const lookout = new Lookout({
    ...watch,
    lanes: 3,
    look: async () => {
      most = Math.max(most, ++under);
      await sleep(30);
      under--;
      return false;
    },
  });
  await lookout.start();
  await until(() => most === 3);
  await lookout.stop();
  expect(under).toBe(0);
  expect(lookout.isStopped).toBe(true);
});
