import { ActionIcon, Badge, Group } from '@mantine/core';
import { IconAlertTriangle, IconFlag, IconMessage, IconPencil, IconPlus, IconWorld } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GraphEdge, GraphNode } from './process-graph';
import classes from './process-table.module.css';
import { Swatch } from './tint';
import { useLocal } from './use-local';

type Props = {
  nodes: GraphNode[];
  isManager: boolean;
  onStatus: (id: string) => void;
  onTransition: (id: string) => void;
  onAdd: (fromId: string) => void;
};

/** The process in words: every status with what it means and the ways out of it. */
export function ProcessTable({ nodes, isManager, onStatus, onTransition, onAdd }: Props) {
  const { t } = useTranslation();
  const local = useLocal();
  return (
    <table className={classes.table}>
      <caption className={classes.caption}>{t('ticketConfig.processes.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('ticketConfig.field.status')}</th>
          <th scope="col">{t('ticketConfig.field.category')}</th>
          <th scope="col">{t('ticketConfig.field.clientName')}</th>
          <th scope="col">{t('ticketConfig.processes.ways')}</th>
        </tr>
      </thead>
      <tbody>
        {nodes.map((node) => {
          const { status, ways } = node;
          const name = local(status.name);
          return (
            <tr key={status.id} data-inherited={status.isInherited || undefined}>
              <th scope="row">
                <Group gap={8} wrap="nowrap">
                  <Swatch tint={status.color} />
                  <button
                    type="button"
                    className={classes.link}
                    aria-label={t('ticketConfig.processes.openStatus', { name })}
                    onClick={() => onStatus(status.id)}
                  >
                    {name}
                    <IconPencil size={13} className={classes.pencil} aria-hidden />
                  </button>
                </Group>
                <Marks node={node} />
              </th>
              <td data-label={t('ticketConfig.field.category')}>{t(`ticketConfig.category.${status.category}`)}</td>
              <td data-label={t('ticketConfig.field.clientName')}>{local(status.clientName)}</td>
              <td>
                <ul className={classes.ways} aria-label={t('ticketConfig.processes.waysOf', { name })}>
                  {ways.map((way) => (
                    <Way key={way.transition.id} way={way} from={name} onOpen={onTransition} />
                  ))}
                  {ways.length === 0 && <li className={classes.dim}>{t('ticketConfig.processes.noWays')}</li>}
                  {isManager && (
                    <li>
                      <ActionIcon
                        aria-label={t('ticketConfig.processes.addFrom', { name })}
                        onClick={() => onAdd(status.id)}
                      >
                        <IconPlus size={15} />
                      </ActionIcon>
                    </li>
                  )}
                </ul>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Marks({ node: { status, isInitial, problem } }: { node: GraphNode }) {
  const { t } = useTranslation();
  if (!isInitial && !status.isFinal && !problem && !status.isInherited) return null;
  return (
    <Group gap={4} mt={4}>
      {isInitial && (
        <Badge leftSection={<IconFlag size={12} aria-hidden />}>{t('ticketConfig.processes.initial')}</Badge>
      )}
      {status.isFinal && <Badge color="gray">{t('ticketConfig.processes.final')}</Badge>}
      {status.isInherited && <Badge color="gray">{t('ticketConfig.variant.inherited')}</Badge>}
      {problem && (
        <Badge color="orange" leftSection={<IconAlertTriangle size={12} aria-hidden />}>
          {problem.message}
        </Badge>
      )}
    </Group>
  );
}

function Way({
  way: { transition, to, problem },
  from,
  onOpen,
}: {
  way: GraphEdge;
  from: string;
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslation();
  const local = useLocal();
  const { name, requiresComment, availableForClient, roleCodes, typeIds } = transition;
  const isLimited = roleCodes !== null || typeIds !== null;
  return (
    <li>
      <button
        type="button"
        className={classes.way}
        data-transition={transition.id}
        data-inherited={transition.isInherited || undefined}
        aria-label={t('ticketConfig.processes.openWay', { from, to: local(to.name) })}
        onClick={() => onOpen(transition.id)}
      >
        <Swatch tint={to.color} />
        <span>{local(to.name)}</span>
        {name && <span className={classes.dim}>{`«${local(name)}»`}</span>}
        {requiresComment && <IconMessage size={14} role="img" aria-label={t('ticketConfig.field.requiresComment')} />}
        {availableForClient && (
          <IconWorld
            size={14}
            className={classes.client}
            role="img"
            aria-label={t('ticketConfig.field.transitionForClient')}
          />
        )}
        {transition.guards.length > 0 && (
          <span className={classes.dim}>
            {t('ticketConfig.processes.guardCount', { count: transition.guards.length })}
          </span>
        )}
        {problem && <IconAlertTriangle size={14} role="img" aria-label={problem.message} className={classes.warning} />}
        {isLimited && <span className={classes.dim}>{t('ticketConfig.processes.limited')}</span>}
      </button>
    </li>
  );
}
