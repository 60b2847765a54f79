export { useFormat, makeFormat, type Format } from './format';
export { RelativeTime, useNow } from './relative-time';
