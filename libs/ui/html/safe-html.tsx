import { Button, Group, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cleanHtml } from './clean-html';
import { contentStyles } from './content-styles';

type Props = { html: string; onImage?: (source: string, alt: string) => void };

/** Somebody else's HTML behind a shadow root: its look cannot leak out, nothing in it runs, remote images wait for a click. */
export function SafeHtml({ html, onImage }: Props) {
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  const [showsImages, showImages] = useState(false);
  const [blocked, setBlocked] = useState(0);
  const quoteLabel = t('ui.html.quote');

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const { fragment, blocked } = cleanHtml(html, { showsImages, origin: window.location.origin });
    foldQuotes(fragment, quoteLabel);
    const style = document.createElement('style');
    style.textContent = contentStyles;
    root.replaceChildren(style, fragment);
    setBlocked(blocked);
    const onClick = (event: Event) => {
      const [target] = event.composedPath();
      if (target instanceof HTMLImageElement && target.src && onImage) onImage(target.src, target.alt);
    };
    root.addEventListener('click', onClick);
    return () => root.removeEventListener('click', onClick);
  }, [html, showsImages, quoteLabel, onImage]);

  return (
    <div>
      {blocked > 0 && (
        <Group gap="xs" mb={6} wrap="nowrap">
          <Text size="xs" c="dimmed">
            {t('ui.html.imagesBlocked')}
          </Text>
          <Button variant="default" size="compact-xs" onClick={() => showImages(true)}>
            {t('ui.html.showImages')}
          </Button>
        </Group>
      )}
      <div ref={host} />
    </div>
  );
}

/** A quoted answer is folded when something of the writer's own stands beside it. */
function foldQuotes(fragment: DocumentFragment, label: string) {
  const own = fragment.textContent?.length ?? 0;
  for (const quote of fragment.querySelectorAll('blockquote')) {
    const length = quote.textContent?.length ?? 0;
    if (quote.parentElement?.closest('blockquote') || length < 160 || length >= own) continue;
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = '•••';
    summary.setAttribute('aria-label', label);
    summary.title = label;
    quote.replaceWith(details);
    details.append(summary, quote);
  }
}
