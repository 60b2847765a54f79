import { Link, RichTextEditor } from '@mantine/tiptap';
import '@mantine/tiptap/styles.css';
import Image from '@tiptap/extension-image';
import Placeholder from '@tiptap/extension-placeholder';
import { useEditor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './editor.module.css';
import type { RichTextProps } from './rich-text';
import { slashBefore, textBefore, useSlash } from './slash';

const CONTROLS = ['Bold', 'Italic', 'Strikethrough', 'BulletList', 'OrderedList', 'Blockquote', 'Code'] as const;

/** The editor itself; only ./rich-text loads it. */
export function Editor({
  html,
  onChange,
  label,
  placeholder,
  onSubmit,
  onFiles,
  onFocus,
  onSlash,
  onSlashKey,
  autoFocus,
  minHeight = 72,
  maxHeight = 360,
  handle,
}: RichTextProps) {
  const labels = useLabels();
  const latest = useRef({ onChange, onSubmit, onFiles, onFocus, onSlashKey, placeholder });
  useEffect(() => {
    latest.current = { onChange, onSubmit, onFiles, onFocus, onSlashKey, placeholder };
  });
  const editor = useEditor({
    immediatelyRender: true,
    shouldRerenderOnTransaction: true,
    extensions: [
      StarterKit.configure({ link: false, heading: { levels: [2, 3] } }),
      Link.configure({ openOnClick: false }),
      Image.configure({ allowBase64: false }),
      Placeholder.configure({ placeholder: () => latest.current.placeholder ?? '' }),
    ],
    content: html,
    autofocus: autoFocus ? 'end' : false,
    onUpdate: ({ editor }) => latest.current.onChange(editor.isEmpty ? '' : editor.getHTML()),
    onFocus: () => latest.current.onFocus?.(),
    editorProps: {
      attributes: { 'aria-label': label, role: 'textbox', 'aria-multiline': 'true' },
      handleKeyDown: (_, event) => {
        if (latest.current.onSlashKey?.(event)) return true;
        if (!(event.key === 'Enter' && (event.ctrlKey || event.metaKey)) || !latest.current.onSubmit) return false;
        latest.current.onSubmit();
        return true;
      },
      handlePaste: (_, event) => takeFiles(event.clipboardData, latest.current.onFiles),
      handleDrop: (_, event) => takeFiles(event.dataTransfer, latest.current.onFiles),
    },
  });

  // The undo history of the first text must not reach behind it: Ctrl+Z after a draft came back would wipe the draft.
  useEffect(() => {
    if (!editor || editor.isDestroyed) return;
    if (html !== (editor.isEmpty ? '' : editor.getHTML())) editor.commands.setContent(html, { emitUpdate: false });
  }, [editor, html]);
  useSlash(editor, onSlash);
  useImperativeHandle(handle, () => {
    const alive = editor && !editor.isDestroyed ? editor : null;
    return {
      focus: () => void alive?.commands.focus('end'),
      setHtml: (next) => void alive?.commands.setContent(next, { emitUpdate: false }),
      insertImage: (source, name) =>
        void alive
          ?.chain()
          .focus()
          // The paragraph takes the cursor: typing on a selected picture would replace it.
          .insertContent([{ type: 'image', attrs: { src: source, alt: name, title: name } }, { type: 'paragraph' }])
          .run(),
      beginSlash: () => {
        const isWord = alive && /\S$/.test(textBefore(alive));
        alive
          ?.chain()
          .focus()
          .insertContent({ type: 'text', text: isWord ? ' /' : '/' })
          .run();
      },
      replaceSlash: (next) => {
        if (!alive) return;
        const typed = slashBefore(alive);
        const at = alive.state.selection.from;
        // Emptied first: a paragraph that holds nothing else makes room for the whole text.
        if (typed) alive.chain().focus().deleteRange({ from: typed.from, to: at }).run();
        alive
          .chain()
          .focus()
          .insertContentAt(typed?.from ?? at, next)
          .run();
      },
    };
  }, [editor]);
  if (!editor) return null;
  return (
    <RichTextEditor
      editor={editor}
      labels={labels}
      classNames={{ root: classes.root, toolbar: classes.toolbar, content: classes.content, control: classes.control }}
    >
      {/* Stands above by its style: Tab goes from the field before to the text, and to the buttons after it. */}
      <RichTextEditor.Content
        style={{ '--editor-min': `${minHeight}px`, '--editor-max': `${maxHeight}px` } as React.CSSProperties}
      />
      <RichTextEditor.Toolbar>
        <RichTextEditor.ControlsGroup>
          {CONTROLS.map((name) => {
            const Control = RichTextEditor[name];
            return <Control key={name} />;
          })}
          <RichTextEditor.Link />
        </RichTextEditor.ControlsGroup>
      </RichTextEditor.Toolbar>
    </RichTextEditor>
  );
}

function takeFiles(from: DataTransfer | null, onFiles: ((files: File[]) => void) | undefined): boolean {
  const files = [...(from?.files ?? [])];
  // Text processors put a picture of the copied text beside the text itself: the text is what was meant.
  if (files.length === 0 || !onFiles || from?.types.includes('text/html')) return false;
  onFiles(files);
  return true;
}

function useLabels() {
  const { t } = useTranslation();
  return useMemo(
    () => ({
      boldControlLabel: t('ui.editor.bold'),
      italicControlLabel: t('ui.editor.italic'),
      strikeControlLabel: t('ui.editor.strike'),
      bulletListControlLabel: t('ui.editor.bulletList'),
      orderedListControlLabel: t('ui.editor.orderedList'),
      blockquoteControlLabel: t('ui.editor.quote'),
      codeControlLabel: t('ui.editor.code'),
      linkControlLabel: t('ui.editor.link'),
      linkEditorInputLabel: t('ui.editor.linkUrl'),
      linkEditorInputPlaceholder: 'https://',
      linkEditorSave: t('ui.editor.linkSave'),
      unlinkControlLabel: t('ui.editor.unlink'),
    }),
    [t],
  );
}
