import { CardForm, SideDrawer } from '@/directory/form-drawer';
import { ActionIcon, Button, Input, NativeSelect, TextInput } from '@mantine/core';
import { ApiProblem } from '@opora/client';
import { notifyDone } from '@opora/ui/theme';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './approvals.module.css';
import { messageAt, type ApprovalIndex } from './route-draft';
import { useSaveIndex } from './route-settings.queries';
import { CURRENCIES } from './use-money';

/** An index and what it was worth from which day on. */
export function IndexDrawer({ index, onClose }: { index: ApprovalIndex | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveIndex(index?.id ?? null);
  const [name, setName] = useState(index?.name ?? { ru: '', en: '' });
  const [currency, setCurrency] = useState<ApprovalIndex['currency']>(index?.currency ?? 'RUB');
  const [values, setValues] = useState(index?.values ?? [{ from: '', value: '' }]);
  const problems = save.error instanceof ApiProblem ? save.error.errors : [];
  const change = (at: number, next: Partial<(typeof values)[number]>) =>
    setValues((all) => all.map((each, place) => (place === at ? { ...each, ...next } : each)));
  const submit = () =>
    save.mutate(
      {
        name: { ru: name.ru.trim() || name.en.trim(), en: name.en.trim() || name.ru.trim() },
        currency,
        values: values.map(({ from, value }) => ({ from, value: value.replace(/\s/g, '').replace(',', '.') })),
      },
      {
        onSuccess: () => {
          notifyDone(t('ui.saved'));
          onClose();
        },
      },
    );
  return (
    <SideDrawer title={index?.label ?? t('approvals.catalogues.add.indexes')} onClose={onClose}>
      <CardForm
        problem={problems.length ? null : save.error}
        submit={t('ui.save')}
        isBusy={save.isPending}
        onSubmit={submit}
        onCancel={onClose}
      >
        <TextInput
          label={t('approvals.routes.nameRu')}
          required
          maxLength={200}
          value={name.ru}
          error={messageAt(problems, '/name')}
          onChange={({ currentTarget }) => setName({ ...name, ru: currentTarget.value })}
        />
        <TextInput
          label={t('approvals.routes.nameEn')}
          maxLength={200}
          value={name.en}
          onChange={({ currentTarget }) => setName({ ...name, en: currentTarget.value })}
        />
        <NativeSelect
          label={t('approvals.currency')}
          disabled={index !== null}
          value={currency}
          onChange={({ currentTarget }) => setCurrency(currentTarget.value as typeof currency)}
          data={CURRENCIES.map((value) => ({ value, label: t(`approvals.currencies.${value}`) }))}
        />
        <Input.Wrapper
          label={t('approvals.catalogues.values')}
          labelElement="div"
          error={messageAt(problems, '/values')}
        >
          {values.map(({ from, value }, at) => (
            <div key={at} className={classes.approverRow}>
              <TextInput
                type="date"
                required
                className={classes.grow}
                aria-label={t('approvals.catalogues.from', { n: at + 1 })}
                value={from}
                onChange={({ currentTarget }) => change(at, { from: currentTarget.value })}
              />
              <TextInput
                inputMode="decimal"
                required
                className={classes.grow}
                aria-label={t('approvals.catalogues.value', { n: at + 1 })}
                value={value}
                onChange={({ currentTarget }) => change(at, { value: currentTarget.value })}
              />
              <ActionIcon
                aria-label={t('approvals.routes.drop', { name: from })}
                onClick={() => setValues((all) => all.filter((_, place) => place !== at))}
              >
                <IconX size={14} />
              </ActionIcon>
            </div>
          ))}
          <Button
            variant="subtle"
            size="compact-xs"
            mt={4}
            leftSection={<IconPlus size={13} />}
            onClick={() => setValues((all) => [...all, { from: '', value: '' }])}
          >
            {t('approvals.catalogues.addValue')}
          </Button>
        </Input.Wrapper>
      </CardForm>
    </SideDrawer>
  );
}
