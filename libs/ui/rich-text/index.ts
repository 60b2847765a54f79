export { RichText, isEmptyHtml, type RichTextProps } from './rich-text';
