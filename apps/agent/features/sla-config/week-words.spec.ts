import { weekGroups } from './week-words';

const day = [{ from: '09:00', to: '18:00' }];
const short = [{ from: '10:00', to: '15:00' }];

it('SLA-02: neighbouring days of the same hours are told as one', () => {
  expect(weekGroups({ mon: day, tue: day, wed: [], thu: day, fri: short, sat: short })).toEqual([
    { first: 'mon', last: 'tue', intervals: day },
    { first: 'thu', last: 'thu', intervals: day },
    { first: 'fri', last: 'sat', intervals: short },
  ]);
  expect(weekGroups({})).toEqual([]);
});
