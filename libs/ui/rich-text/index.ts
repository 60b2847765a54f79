export { RichText, isEmptyHtml, type RichTextHandle, type RichTextProps } from './rich-text';
