import { useHolds } from '@/api';
import type { ComposerTool } from '@/slots/ticket-slots';
import { ActionIcon, Portal, Tooltip } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { SafeHtml } from '@opora/ui/html';
import { useHotkey } from '@opora/ui/hotkeys';
import { IconMessage2Bolt } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './answer-picker.module.css';
import { answerSearchQuery } from './macros.queries';

const WIDTH = 560;

/** Answers by `/`: words narrow the list, arrows choose, Enter puts the text in the place of what was typed. */
export function AnswerPicker({ ticket, typed, keys, begin, insert }: ComposerTool) {
  const { t } = useTranslation();
  const isOn = useHolds('macros.use');
  const [at, setAt] = useState(0);
  // What was waved away stays away until another slash is typed.
  const [dismissed, dismiss] = useState<string | null>(null);
  const place = typed && `${Math.round(typed.left)}:${Math.round(typed.top)}`;
  const isOpen = isOn && typed !== null && dismissed !== place;
  const [asked] = useDebouncedValue(typed?.query ?? '', 90);
  const { data: answers = [] } = useQuery({
    ...answerSearchQuery(asked, ticket.id),
    enabled: isOpen,
    placeholderData: keepPreviousData,
  });
  const chosen = answers[Math.min(at, answers.length - 1)];
  useEffect(() => setAt(0), [typed?.query]);
  useEffect(() => {
    if (!typed) dismiss(null);
  }, [typed]);
  useEffect(() => {
    keys.current = !isOpen
      ? null
      : (event) => {
          const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
          if (event.key === 'Escape') {
            // The ticket behind must not close.
            event.stopPropagation();
            dismiss(place);
            return true;
          }
          if (!answers.length) return false;
          if (step !== 0)
            setAt((present) => (Math.min(present, answers.length - 1) + step + answers.length) % answers.length);
          else if ((event.key === 'Enter' || event.key === 'Tab') && !event.ctrlKey && !event.metaKey && chosen)
            insert(chosen.html);
          else return false;
          return true;
        };
    return () => {
      keys.current = null;
    };
  });
  useHotkey('alt+KeyA', begin, { label: t('macros.answers.insert'), group: t('tickets.keys.ticket'), isOn });
  if (!isOn) return null;
  return (
    <>
      <Tooltip label={t('macros.answers.insert')}>
        <ActionIcon aria-label={t('macros.answers.insert')} onClick={begin}>
          <IconMessage2Bolt size={17} />
        </ActionIcon>
      </Tooltip>
      {isOpen && (answers.length > 0 || (typed.query !== '' && asked === typed.query)) && (
        <Portal>
          <div className={classes.box} style={placeOf(typed)}>
            {answers.length === 0 && <p className={classes.nothing}>{t('macros.answers.nothing')}</p>}
            <div role="listbox" aria-label={t('macros.answers.title')} className={classes.list}>
              {answers.map((answer, index) => (
                <div
                  key={answer.id}
                  role="option"
                  tabIndex={-1}
                  aria-selected={answer.id === chosen?.id}
                  className={classes.option}
                  ref={(element) => {
                    if (answer.id === chosen?.id) element?.scrollIntoView?.({ block: 'nearest' });
                  }}
                  // The editor keeps the focus.
                  onMouseDown={(event) => {
                    event.preventDefault();
                    insert(answer.html);
                  }}
                  onPointerMove={() => setAt(index)}
                >
                  <span className={classes.title}>{answer.title}</span>
                  {answer.shortcut && <code className={classes.shortcut}>/{answer.shortcut}</code>}
                </div>
              ))}
            </div>
            {chosen && (
              <div className={classes.preview} aria-live="polite">
                <SafeHtml html={chosen.html} />
              </div>
            )}
          </div>
        </Portal>
      )}
    </>
  );
}

/** Above the slash, or below where there is no room; never off the screen. */
function placeOf({ left, top, bottom }: { left: number; top: number; bottom: number }) {
  const width = Math.min(WIDTH, window.innerWidth - 16);
  const x = Math.max(8, Math.min(left, window.innerWidth - width - 8));
  const isAbove = top > 300;
  return { left: x, width, ...(isAbove ? { bottom: window.innerHeight - top + 6 } : { top: bottom + 6 }) };
}
