import { settings } from './index';

/** Dies here, as by `kill -9`, when the fault test has named this point. Only in test mode. */
export function failPoint(name: string): void {
  const { OPORA_TEST_MODE, OPORA_FAIL_POINT } = settings();
  if (OPORA_TEST_MODE && OPORA_FAIL_POINT === name) process.kill(process.pid, 'SIGKILL');
}
