export { Page } from './page';
export { EmptyState, ErrorState, Loading } from './states';
