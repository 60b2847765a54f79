import { tidyTime } from './time-of-day';

it.each([
  ['9', '09:00'],
  ['930', '09:30'],
  ['21.05', '21:05'],
  ['24:00', '24:00'],
  ['24:01', null],
  ['25', null],
  ['', null],
  ['noon', null],
])('R-08: «%s» is %s', (typed, time) => expect(tidyTime(typed)).toBe(time));
