import { DurationInput } from '@/timing/duration-input';
import { ActionIcon, Button, Group, Input, NumberInput, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PolicyMetric } from './policies.queries';
import { warningOf } from './warnings';

type Warnings = PolicyMetric['warnings'];
type Props = { warnings: Warnings; isOpen: boolean; error: string | undefined; onChange: (warnings: Warnings) => void };

/** When it is told that the end is near: at a share of the time, or so long before it. */
export function WarningsInput({ warnings, isOpen, error, onChange }: Props) {
  const { t } = useTranslation();
  const set = (index: number, warning: Warnings[number]) =>
    onChange(warnings.map((each, at) => (at === index ? warning : each)));
  return (
    <Input.Wrapper label={t('slaConfig.warnings.title')} labelElement="div" size="xs" error={error}>
      {warnings.map((warning, index) => {
        const held = warningOf(warning);
        const label = t('slaConfig.warnings.nth', { n: index + 1 });
        return (
          <Group key={index} gap={6} mt={4} align="center">
            <Select
              size="xs"
              w={150}
              aria-label={label}
              allowDeselect={false}
              disabled={!isOpen}
              data={['percent', 'before'].map((value) => ({ value, label: t(`slaConfig.warnings.${value}`) }))}
              value={held.kind}
              onChange={(kind) => set(index, kind === 'percent' ? { percent: 75 } : { beforeSeconds: 900 })}
            />
            {held.kind === 'percent' ? (
              <NumberInput
                size="xs"
                w={84}
                aria-label={`${label}: ${t('slaConfig.warnings.percent')}`}
                min={1}
                max={100}
                suffix=" %"
                disabled={!isOpen}
                value={held.value}
                onChange={(percent) => set(index, { percent: Number(percent) })}
              />
            ) : (
              <DurationInput
                label={label}
                isLabelHidden
                isDisabled={!isOpen}
                seconds={held.value}
                onChange={(beforeSeconds) => set(index, { beforeSeconds })}
              />
            )}
            {isOpen && (
              <ActionIcon
                size="sm"
                aria-label={t('slaConfig.warnings.drop', { n: index + 1 })}
                onClick={() => onChange(warnings.filter((_, at) => at !== index))}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
          </Group>
        );
      })}
      {isOpen && (
        <Button
          variant="subtle"
          size="compact-xs"
          mt={4}
          leftSection={<IconPlus size={13} />}
          onClick={() => onChange([...warnings, { percent: warnings.length === 0 ? 75 : 90 }])}
        >
          {t('slaConfig.warnings.add')}
        </Button>
      )}
    </Input.Wrapper>
  );
}
