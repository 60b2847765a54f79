export * from './actor';
export * from './clock';
export * from './ctx';
export * from './context.decorator';
