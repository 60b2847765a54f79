import { useId, type ReactNode } from 'react';
import { Button, Input } from '@mantine/core';
import { IconMapPin } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ObjectSearch, ObjectText } from '@/pickers/object-search';
import type { PortalObject } from '@/pickers/objects.queries';
import classes from './new-ticket.module.css';

type Props = {
  companyId: string;
  chosen: { id: string; name: string } | null;
  label: ReactNode;
  error: ReactNode;
  onChoose: (object: PortalObject | null) => void;
};

/** The service object of a ticket: found by words, then shown alone with a way to choose another. */
export function ObjectPicker({ companyId, chosen, label, error, onChoose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <Input.Wrapper label={label} error={error} labelElement="div" labelProps={{ id }}>
      <div role="group" aria-labelledby={id}>
        {chosen ? (
          <div className={classes.chosen}>
            <IconMapPin size={20} aria-hidden />
            <ObjectText name={chosen.name} ancestors={[]} address={null} />
            <Button variant="subtle" size="compact-md" onClick={() => onChoose(null)}>
              {t('tickets.objectChange')}
            </Button>
          </div>
        ) : (
          <ObjectSearch companyId={companyId} name="objectId" onPick={onChoose} />
        )}
      </div>
    </Input.Wrapper>
  );
}
