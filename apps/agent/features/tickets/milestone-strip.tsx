import { Menu, Text, Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useFormat } from '@opora/ui/format';
import {
  IconArrowsExchange,
  IconCheck,
  IconChevronDown,
  IconCircleCheck,
  IconCircleDashed,
  IconListCheck,
  IconLock,
  IconMapPin,
  IconPaperclip,
  IconPhoto,
  IconPlayerPlay,
  IconPlus,
  IconRestore,
  IconStar,
  IconTrash,
  IconUser,
  IconZzz,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from './conversation.types';
import classes from './milestone-strip.module.css';
import { ratingsQuery } from './milestones.queries';
import { countFiles, toMilestones, type Milestone, type MilestoneKind } from './milestones';
import type { TicketView } from './tickets.types';

const SIGNS: Record<MilestoneKind, Icon> = {
  created: IconPlus,
  taken: IconUser,
  assigned: IconUser,
  handover: IconArrowsExchange,
  status: IconCircleDashed,
  solved: IconCircleCheck,
  closed: IconLock,
  aside: IconZzz,
  back: IconPlayerPlay,
  arrived: IconMapPin,
  checklist: IconListCheck,
  checklistDone: IconCheck,
  deleted: IconTrash,
  restored: IconRestore,
  rated: IconStar,
};
const WIDEST = 190;
const AROUND_WORDS = 38;
const LETTER = 6.4;
const COUNT = 52;
const FOR_FOLDED = 96;

type Props = { ticket: TicketView; items: Item[]; onPick: (itemId: string | null) => void; onFiles: () => void };

/** What happened to a ticket in one quiet line; each step leads to its place in the conversation. */
export function MilestoneStrip({ ticket, items, onPick, onFiles }: Props) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  const isOver = ticket.solvedAt !== null || ticket.closedAt !== null;
  const { data: ratings } = useQuery({ ...ratingsQuery(String(ticket.number)), enabled: isOver });
  const steps = useMemo(() => toMilestones(items, ticket, ratings), [items, ticket, ratings]);
  const { files, photos } = useMemo(() => countFiles(items), [items]);
  const wordsOf = useWords();
  if (steps.length < 2 && files + photos === 0) return <div ref={ref} />;
  const widths = steps.map((step) => Math.min(WIDEST, AROUND_WORDS + wordsOf(step).length * LETTER));
  const taken = (photos > 0 ? COUNT : 0) + (files > 0 ? COUNT : 0);
  const { first, last } = fitting(steps, widths, width ? width - 20 - taken : Infinity);
  const hidden = steps.length - first.length - last.length;
  return (
    <nav ref={ref} className={classes.strip} aria-label={t('tickets.milestone.label')}>
      {first.map((step) => (
        <Step key={step.key} step={step} onPick={onPick} />
      ))}
      {hidden > 0 && <AllSteps steps={steps} hidden={hidden} onPick={onPick} />}
      {last.map((step) => (
        <Step key={step.key} step={step} onPick={onPick} />
      ))}
      {photos + files > 0 && <span className={classes.grow} />}
      {photos > 0 && (
        <Count
          sign={IconPhoto}
          count={photos}
          words={t('tickets.milestone.photos', { count: photos })}
          onPick={onFiles}
        />
      )}
      {files > 0 && (
        <Count sign={IconPaperclip} count={files} words={t('tickets.fileCount', { count: files })} onPick={onFiles} />
      )}
    </nav>
  );
}

/** The beginning and the latest stay in the line; what does not fit between them goes into the list of all. */
function fitting(steps: Milestone[], widths: number[], room: number): { first: Milestone[]; last: Milestone[] } {
  const total = widths.reduce((sum, each) => sum + each, 0);
  if (total <= room) return { first: [], last: steps };
  const hasFirst = room > 3 * WIDEST;
  let left = room - FOR_FOLDED - (hasFirst ? (widths[0] ?? 0) : 0);
  let from = steps.length - 1;
  left -= widths[from] ?? 0;
  while (from > (hasFirst ? 1 : 0) && left >= (widths[from - 1] ?? 0)) left -= widths[--from] ?? 0;
  return { first: hasFirst ? steps.slice(0, 1) : [], last: steps.slice(from) };
}

function useWords(): (step: Milestone) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ kind, name }) =>
    t(`tickets.milestone.${kind}`, {
      name: kind === 'rated' ? t(`tickets.milestone.score.${name}`) : kind === 'aside' ? format.dateTime(name) : name,
    });
}

function Step({ step, onPick }: { step: Milestone; onPick: Props['onPick'] }) {
  const format = useFormat();
  const words = useWords()(step);
  const when = [format.full(step.at), step.who].filter(Boolean).join(' · ');
  const Sign = SIGNS[step.kind];
  return (
    <Tooltip label={`${words}: ${when}`} events={{ hover: true, focus: true, touch: false }}>
      <button
        type="button"
        className={classes.step}
        data-kind={step.kind}
        aria-label={`${words}: ${when}`}
        onClick={() => onPick(step.itemId)}
      >
        <Sign size={13} aria-hidden />
        <span className={classes.words}>{words}</span>
      </button>
    </Tooltip>
  );
}

/** Every step with its time: what does not fit into the line. */
function AllSteps({ steps, hidden, onPick }: { steps: Milestone[]; hidden: number; onPick: Props['onPick'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const wordsOf = useWords();
  return (
    <Menu position="bottom-start" returnFocus>
      <Menu.Target>
        <button type="button" className={classes.step} aria-label={t('tickets.milestone.all', { count: steps.length })}>
          {t('tickets.milestone.more', { count: hidden })}
          <IconChevronDown size={13} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={classes.list}>
        {steps.map((step) => {
          const Sign = SIGNS[step.kind];
          return (
            <Menu.Item key={step.key} leftSection={<Sign size={14} />} onClick={() => onPick(step.itemId)}>
              {wordsOf(step)}
              <Text size="xs" c="dimmed">
                {[format.dateTime(step.at), step.who].filter(Boolean).join(' · ')}
              </Text>
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

type CountProps = { sign: Icon; count: number; words: string; onPick: () => void };

function Count({ sign: Sign, count, words, onPick }: CountProps) {
  const format = useFormat();
  return (
    <Tooltip label={words} events={{ hover: true, focus: true, touch: false }}>
      <button type="button" className={classes.step} aria-label={words} onClick={onPick}>
        <Sign size={13} aria-hidden />
        {format.number(count)}
      </button>
    </Tooltip>
  );
}
