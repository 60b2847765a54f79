import { useNarrow } from '@/directory/use-narrow';
import { ActionLines, ActionProblems } from '@/ticket-actions/action-lines';
import { Button, Group, TextInput } from '@mantine/core';
import { Dialog } from '@opora/ui/dialog';
import type { Schemas } from '@opora/client';
import { EmptyState, Loading } from '@opora/ui/page';
import { IconBolt, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './macros.module.css';
import { macroPreviewQuery, macrosQuery, type Macro } from './macros.queries';
import { SaveAsTemplate } from './save-as-template';
import { useMacroRun } from './use-macro-run';

type Ticket = Schemas['TicketView'];

/** Chooses a macro by words, shows what it would do to this ticket, runs it by Enter. */
export function MacroDialog({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation();
  const isNarrow = useNarrow();
  const { data: macros, isPending } = useQuery(macrosQuery());
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const [isSaving, save] = useState(false);
  const found = (macros ?? []).filter(({ name }) => name.toLowerCase().includes(words.trim().toLowerCase()));
  const chosen = found[Math.min(at, found.length - 1)];
  const { run, isPending: isRunning } = useMacroRun(ticket, onClose);
  const preview = useQuery({ ...macroPreviewQuery(chosen?.id ?? '', ticket.id, ticket.version), enabled: !!chosen });
  const isReady = preview.data !== undefined && preview.data.problems.length === 0 && !preview.isFetching;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((present) => (Math.min(present, found.length - 1) + step + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      if (isReady && !isRunning) run(chosen);
    }
  };
  if (isSaving) return <SaveAsTemplate ticket={ticket} onClose={onClose} />;
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('macros.run')}
      size={760}
      fullScreen={isNarrow}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      <TextInput
        data-autofocus
        leftSection={<IconSearch size={15} />}
        placeholder={t('macros.find')}
        aria-label={t('macros.find')}
        role="combobox"
        aria-expanded
        aria-controls="macro-list"
        aria-activedescendant={chosen && `macro-${chosen.id}`}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {isPending && <Loading lines={4} />}
      {macros && found.length === 0 && (
        <EmptyState
          icon={<IconBolt size={32} stroke={1.3} />}
          title={t('macros.list.empty')}
          hint={t('macros.list.emptyHint')}
        />
      )}
      {chosen && (
        <div className={classes.chooser}>
          <MacroList macros={found} chosen={chosen} onChoose={setAt} onRun={() => isReady && run(chosen)} />
          <section
            className={classes.preview}
            aria-label={t('macros.previewOf', { name: chosen.name })}
            aria-live="polite"
          >
            {chosen.description && <p className={classes.hint}>{chosen.description}</p>}
            {preview.isPending && <Loading lines={3} />}
            {preview.error && <ActionProblems problems={[{ message: preview.error.message, action: null }]} />}
            {preview.data && (
              <>
                <ActionLines lines={preview.data.lines} />
                <ActionProblems problems={preview.data.problems} />
              </>
            )}
          </section>
        </div>
      )}
      <Group justify="space-between" mt="md" gap="xs">
        <Group gap={4}>
          <Button variant="subtle" size="compact-sm" component={Link} to="/macros/list">
            {t('macros.manage')}
          </Button>
          <Button variant="subtle" size="compact-sm" onClick={() => save(true)}>
            {t('macros.templates.saveAs')}
          </Button>
        </Group>
        <Button disabled={!isReady} loading={isRunning} onClick={() => chosen && run(chosen)}>
          {t('macros.runIt')}
        </Button>
      </Group>
    </Dialog>
  );
}

type ListProps = { macros: Macro[]; chosen: Macro; onChoose: (at: number) => void; onRun: () => void };

function MacroList({ macros, chosen, onChoose, onRun }: ListProps) {
  return (
    <div id="macro-list" role="listbox" className={classes.options}>
      {macros.map((macro, index) => (
        <div
          key={macro.id}
          id={`macro-${macro.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={macro.id === chosen.id}
          className={classes.option}
          ref={(element) => {
            if (macro.id === chosen.id) element?.scrollIntoView?.({ block: 'nearest' });
          }}
          onClick={() => onChoose(index)}
          onDoubleClick={onRun}
          onKeyDown={() => undefined}
        >
          {macro.name}
        </div>
      ))}
    </div>
  );
}
