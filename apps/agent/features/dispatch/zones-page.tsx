import { useHolds } from '@/api';
import { useNarrow } from '@/directory/use-narrow';
import { ActionIcon, Button, FileButton } from '@mantine/core';
import { useHotkey } from '@opora/ui/hotkeys';
import { EmptyState, ErrorState, Loading, Page } from '@opora/ui/page';
import { notifyDone, notifyProblem } from '@opora/ui/theme';
import { IconArrowDown, IconArrowUp, IconMapOff, IconPlus, IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { DispatchTabs } from './dispatch-tabs';
import type { Zone } from './dispatch.types';
import type { LonLat } from './map-view';
import { ZoneForm } from './zone-form';
import { ZoneMap } from './zone-map';
import { useImportZones, useOrderZones, zoneMapQuery, zonesQuery } from './zones.queries';
import classes from './zones.module.css';

export type BorderDraft = { corners: LonLat[]; color: string };

/** R-04: zones of field engineers on the map, in the order in which they count. */
export function ZonesPage() {
  const { t } = useTranslation();
  const { id } = useParams();
  const navigate = useNavigate();
  const isManager = useHolds('dispatch.manage');
  const zones = useQuery(zonesQuery());
  const map = useQuery(zoneMapQuery());
  const [draft, setDraft] = useState<BorderDraft | null>(null);
  const go = (to?: string) => {
    setDraft(null);
    void navigate(`/dispatch/zones${to ? `/${to}` : ''}`);
  };
  const group = t('dispatch.keys.group');
  useHotkey('KeyN', () => go('new'), { label: t('dispatch.zones.add'), group, isOn: isManager && !id });
  const zone = zones.data?.find((one) => one.id === id) ?? null;
  const list = zones.data ?? [];
  return (
    <Page
      isWide
      title={t('dispatch.zones.title')}
      toolbar={<DispatchTabs />}
      actions={
        isManager && (
          <>
            <ImportButton />
            <Button leftSection={<IconPlus size={15} />} onClick={() => go('new')}>
              {t('dispatch.zones.add')}
            </Button>
          </>
        )
      }
    >
      {zones.error ? (
        <ErrorState error={zones.error} onRetry={() => void zones.refetch()} />
      ) : (
        <div className={classes.split}>
          <ZoneMap
            zones={list}
            objects={map.data?.objects ?? []}
            engineers={map.data?.engineers ?? []}
            selected={id ?? null}
            draft={draft && { ...draft, onChange: (corners) => setDraft({ ...draft, corners }) }}
            onSelect={go}
          />
          <aside className={classes.side}>
            {id && (id === 'new' || zone) ? (
              <ZoneForm
                key={id}
                zone={zone}
                color={zone?.color ?? nextColor(list)}
                isOpen={isManager}
                draft={draft}
                onDraft={setDraft}
                onClose={() => go()}
              />
            ) : zones.isPending ? (
              <Loading lines={6} height={24} />
            ) : (
              <ZoneList zones={list} isManager={isManager} isCut={map.data?.isCut ?? false} onOpen={go} />
            )}
          </aside>
        </div>
      )}
    </Page>
  );
}

const COLORS = ['#1971c2', '#2f9e44', '#e8590c', '#9c36b5', '#0c8599', '#c2255c', '#5f3dc4', '#f08c00'];
const nextColor = (zones: Zone[]): string =>
  COLORS.find((color) => !zones.some((zone) => zone.color === color)) ?? COLORS[zones.length % COLORS.length]!;

type ListProps = { zones: Zone[]; isManager: boolean; isCut: boolean; onOpen: (id: string) => void };

function ZoneList({ zones, isManager, isCut, onOpen }: ListProps) {
  const { t } = useTranslation();
  const order = useOrderZones();
  const isNarrow = useNarrow();
  const move = (at: number, by: number) => {
    const ids = zones.map(({ id }) => id);
    [ids[at], ids[at + by]] = [ids[at + by]!, ids[at]!];
    order.mutate(ids, { onError: (error) => notifyProblem(t('ui.failed'), error) });
  };
  if (!zones.length)
    return (
      <EmptyState
        icon={<IconMapOff size={36} stroke={1.3} />}
        title={t('dispatch.zones.empty')}
        hint={t('dispatch.zones.emptyHint')}
      />
    );
  return (
    <>
      <ol className={classes.list} aria-label={t('dispatch.zones.title')}>
        {zones.map((zone, at) => (
          <li key={zone.id} className={classes.item}>
            <button type="button" className={classes.itemButton} onClick={() => onOpen(zone.id)}>
              <span className={classes.swatch} style={{ background: zone.color }} />
              <span className={classes.itemWords}>
                <span className={classes.itemName}>{zone.name}</span>
                <span className={classes.dim}>
                  {zone.engineers.length
                    ? zone.engineers.map(({ name }) => name).join(', ')
                    : t('dispatch.zones.nobody')}
                </span>
                {zone.districts.length > 0 && <span className={classes.dim}>{zone.districts.join(', ')}</span>}
              </span>
            </button>
            {isManager && !isNarrow && (
              <>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={at === 0}
                  aria-label={t('dispatch.zones.up', { name: zone.name })}
                  onClick={() => move(at, -1)}
                >
                  <IconArrowUp size={15} />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={at === zones.length - 1}
                  aria-label={t('dispatch.zones.down', { name: zone.name })}
                  onClick={() => move(at, 1)}
                >
                  <IconArrowDown size={15} />
                </ActionIcon>
              </>
            )}
          </li>
        ))}
      </ol>
      <p className={classes.hint}>{t('dispatch.zones.orderHint')}</p>
      {isCut && <p className={classes.hint}>{t('dispatch.zones.cut')}</p>}
    </>
  );
}

/** Polygons of a GeoJSON file become zones. */
function ImportButton() {
  const { t } = useTranslation();
  const load = useImportZones();
  const take = async (file: File | null) => {
    if (!file) return;
    try {
      const geojson = JSON.parse(await file.text()) as Record<string, unknown>;
      const { data } = await load.mutateAsync(geojson);
      notifyDone(t('dispatch.zones.imported', { count: data.length }));
    } catch (error) {
      const isText = error instanceof SyntaxError;
      notifyProblem(
        t('dispatch.zones.importFailed'),
        isText ? new Error(t('dispatch.zones.notJson')) : firstProblem(error),
      );
    }
  };
  return (
    <FileButton accept=".json,.geojson,application/geo+json,application/json" onChange={(file) => void take(file)}>
      {(props) => (
        <Button {...props} variant="default" loading={load.isPending} leftSection={<IconUpload size={15} />}>
          {t('dispatch.zones.import')}
        </Button>
      )}
    </FileButton>
  );
}

/** The first place of the file that was refused. */
function firstProblem(error: unknown): Error {
  const [first] = (error as { errors?: { pointer: string; message: string }[] }).errors ?? [];
  return first ? new Error(`${first.message} (${first.pointer})`) : (error as Error);
}
