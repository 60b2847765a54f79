/** The look of a message inside its shadow root; custom properties come through from the page. */
export const contentStyles = `
:host { display: block; contain: content; overflow-wrap: anywhere; font-size: inherit; line-height: 1.5; color: var(--o-text); }
p { margin: 0 0 0.6em; }
p:last-child, ul:last-child, ol:last-child, blockquote:last-child, pre:last-child { margin-bottom: 0; }
ul, ol { margin: 0 0 0.6em; padding-left: 1.5em; }
h1, h2, h3, h4 { font-size: 1.05em; margin: 0.6em 0 0.3em; }
a { color: var(--mantine-color-anchor); }
img { max-width: 100%; height: auto; border-radius: 4px; cursor: zoom-in; }
img[data-blocked-src] { display: inline-block; min-width: 40px; min-height: 24px; border: 1px dashed var(--o-border); }
blockquote { margin: 0 0 0.6em; padding: 2px 0 2px 12px; border-left: 3px solid var(--o-border); color: var(--o-dim); }
pre { margin: 0 0 0.6em; padding: 8px 10px; overflow: auto; background: var(--o-surface); border: 1px solid var(--o-border); border-radius: 6px; font-size: 12px; }
code { font-family: var(--mantine-font-family-monospace); font-size: 0.92em; }
table { border-collapse: collapse; display: block; overflow: auto; max-width: 100%; margin: 0 0 0.6em; }
td, th { padding: 3px 8px; border: 1px solid var(--o-border); vertical-align: top; text-align: left; }
hr { border: 0; border-top: 1px solid var(--o-border); margin: 0.8em 0; }
summary { display: inline-block; list-style: none; cursor: pointer; padding: 0 8px; line-height: 16px; font-size: 11px; letter-spacing: 1px; color: var(--o-dim); background: var(--o-hover); border-radius: 8px; margin-bottom: 6px; }
summary::-webkit-details-marker { display: none; }
`;
