export { SafeHtml } from './safe-html';
export { cleanHtml } from './clean-html';
