import pino from 'pino';

const REDACTED = [
  'req.headers.authorization',
  'req.headers.cookie',
  'password',
  'token',
  'secret',
  '*.password',
  '*.token',
  '*.secret',
];

/** Structured log on stdout, without secrets. The level follows OPORA_LOG. */
export const log = pino({
  level: 'info',
  redact: { paths: REDACTED, censor: '[hidden]' },
  base: { pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
});

export const setLogLevel = (level: string): void => {
  log.level = level;
};
