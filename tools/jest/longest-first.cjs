/** Without times of an earlier run Jest begins with the largest file. These are small and take longest: begun last, one would end alone. */
const { default: Sequencer } = require('@jest/test-sequencer');

const LONGEST =
  /(hostile|foreign|imap|crash|intake|demo|notification-day)\.api\.spec\.ts$|(scaffolds|cli|work-time\.walker)\.spec\.ts$/;

class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(({ path }) => LONGEST.test(path)), ...sorted.filter(({ path }) => !LONGEST.test(path))];
  }
}

module.exports = LongestFirst;
