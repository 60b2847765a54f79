import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMark, type Checklist } from './checklists.queries';
import type { Cell } from './matrix-dialog';
import { NotApplicable } from './not-applicable';
import { ResultEditor } from './result-editor';
import { Dialog } from '@opora/ui/dialog';

type Props = { cell: Cell; list: Checklist; ticket: string; onClose: () => void };

/** The result of one cell, or why it does not apply. */
export function MatrixCellEditor({ cell: { item, subject, mark }, list, ticket, onClose }: Props) {
  const { t } = useTranslation();
  const { mutateAsync } = useMark(ticket, list.id);
  const save = async (change: object): Promise<Error | null> => {
    try {
      await mutateAsync([{ itemId: item.id, subjectId: subject.id, state: 'done', ...change }]);
      return null;
    } catch (error) {
      return error as Error;
    }
  };
  return (
    <Dialog opened onClose={onClose} title={item.title}>
      <Text size="sm" c="dimmed" mb="xs">
        {subject.name}
      </Text>
      <ResultEditor item={item} mark={mark} onSave={save} onDone={onClose} />
      {!mark && (
        <>
          <Text size="xs" c="dimmed" mt="md">
            {t('checklists.orSkip')}
          </Text>
          <NotApplicable
            isRequired={item.isRequired}
            onSave={(reason) => save({ state: 'not_applicable', reason })}
            onDone={onClose}
          />
        </>
      )}
    </Dialog>
  );
}
