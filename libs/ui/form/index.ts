export { useFields, type Fields } from './use-fields';
