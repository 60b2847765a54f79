export { RichText, isEmptyHtml, type RichTextHandle, type RichTextProps, type SlashTyped } from './rich-text';
