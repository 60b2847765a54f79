/** Every word a person reads comes from the feature's i18n files: no literal text in JSX or in the attributes people see. */
const WORD = /\p{L}{2,}/u;
/** The same in every language: our name, keys, protocols. */
const UNIVERSAL = /\b(?:Opora|Ctrl|Cmd|Shift|Alt|Enter|Esc|Tab|API|URL|ID|IP|IMAP|SMTP|TLS|JSON|TOTP)\b/g;
const SEEN = new Set([
  'label',
  'title',
  'placeholder',
  'aria-label',
  'alt',
  'description',
  'error',
  'message',
  'nothingFoundMessage',
]);

const textOf = (node) => {
  if (!node) return undefined;
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'JSXExpressionContainer') return textOf(node.expression);
  if (node.type === 'TemplateLiteral') return node.quasis.map((part) => part.value.cooked).join(' ');
  return undefined;
};

export const noLiteralText = {
  meta: { type: 'problem', schema: [], messages: { literal: 'Text for people belongs in i18n: «{{text}}»' } },
  create(context) {
    const check = (node, text) => {
      if (text && WORD.test(text.replace(UNIVERSAL, '')))
        context.report({ node, messageId: 'literal', data: { text: text.trim().slice(0, 40) } });
    };
    return {
      JSXText: (node) => check(node, node.value),
      JSXAttribute: (node) => SEEN.has(node.name.name) && check(node, textOf(node.value)),
      'JSXElement > JSXExpressionContainer': (node) => check(node, textOf(node.expression)),
    };
  },
};
