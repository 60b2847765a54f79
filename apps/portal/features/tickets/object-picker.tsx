import { useId, useMemo, useState, type ReactNode } from 'react';
import { Button, Input, TextInput } from '@mantine/core';
import { IconMapPin, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { matchObjects, type FoundObject } from './object-search';
import type { PortalObject } from './tickets.queries';
import classes from './new-ticket.module.css';

type Props = {
  objects: PortalObject[];
  chosenId: string | undefined;
  label: ReactNode;
  error: ReactNode;
  onChoose: (id: string | undefined) => void;
};

const SHOWN = 8;

/** Picks a service object by words of its name, address or the places it lies in. */
export function ObjectPicker({ objects, chosenId, label, error, onChoose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [words, setWords] = useState('');
  const found = useMemo(() => matchObjects(objects, words), [objects, words]);
  const chosen = useMemo(() => matchObjects(objects, '').find((object) => object.id === chosenId), [objects, chosenId]);
  return (
    <Input.Wrapper label={label} error={error} labelElement="div" labelProps={{ id }}>
      {chosen ? (
        <div className={classes.chosen} role="group" aria-labelledby={id}>
          <IconMapPin size={20} aria-hidden />
          <ObjectText object={chosen} />
          <Button variant="subtle" size="compact-md" onClick={() => onChoose(undefined)}>
            {t('tickets.objectChange')}
          </Button>
        </div>
      ) : (
        <div role="group" aria-labelledby={id}>
          {objects.length > SHOWN && (
            <TextInput
              name="objectId"
              type="search"
              aria-label={t('tickets.objectSearch')}
              placeholder={t('tickets.objectSearch')}
              leftSection={<IconSearch size={18} aria-hidden />}
              value={words}
              mb="xs"
              onChange={({ currentTarget }) => setWords(currentTarget.value)}
            />
          )}
          <ul className={classes.objects}>
            {found.slice(0, SHOWN).map((object) => (
              <li key={object.id}>
                <button type="button" className={classes.object} onClick={() => onChoose(object.id)}>
                  <ObjectText object={object} />
                </button>
              </li>
            ))}
          </ul>
          <p className={classes.found} role="status">
            {words && found.length === 0 && t('tickets.objectEmpty')}
            {words && found.length > 0 && t('tickets.objectsFound', { count: found.length })}
            {found.length > SHOWN && ` ${t('tickets.objectsMore', { count: SHOWN })}`}
          </p>
        </div>
      )}
    </Input.Wrapper>
  );
}

function ObjectText({ object }: { object: FoundObject }) {
  const where = [...object.above, object.address].filter(Boolean).join(' · ');
  return (
    <span className={classes.objectText}>
      <strong>{object.name}</strong>
      {where && <span>{where}</span>}
    </span>
  );
}
