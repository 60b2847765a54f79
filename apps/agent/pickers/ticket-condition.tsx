import { ConditionBuilder, ConditionSentence, type Condition, type ConditionProblem } from '@opora/ui/conditions';
import { ErrorState, Loading } from '@opora/ui/page';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { conditionFieldsQuery } from './condition-fields.queries';
import { nameReference, pickReference } from './reference-picker';

type Props = {
  value: Condition;
  onChange: (condition: Condition) => void;
  label?: string;
  problems?: ConditionProblem[];
  isDisabled?: boolean;
  isFolded?: boolean;
  /** Fields that make no sense here. */
  without?: readonly string[];
};

/** A condition over a ticket's fields, own ones among them. */
export function TicketConditionBuilder({ without = [], ...props }: Props) {
  const { i18n } = useTranslation();
  const { data, error, refetch } = useQuery(conditionFieldsQuery(i18n.language));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading lines={2} />;
  const fields = data.filter(({ name }) => !without.includes(name));
  return <ConditionBuilder {...props} fields={fields} pickReference={pickReference} nameReference={nameReference} />;
}

/** The same in words. */
export function TicketConditionSentence({ value }: { value: Condition }) {
  const { i18n } = useTranslation();
  const { data } = useQuery(conditionFieldsQuery(i18n.language));
  return data ? <ConditionSentence fields={data} value={value} nameReference={nameReference} /> : '…';
}

/** The refusals of a condition out of a form's refusals: `/when/all/0/value` is `/all/0/value` inside. */
export const conditionProblemsOf = (
  errors: readonly { pointer: string; message: string }[],
  place: string,
): ConditionProblem[] =>
  errors
    .filter(({ pointer }) => pointer === place || pointer.startsWith(`${place}/`))
    .map(({ pointer, message }) => ({ path: pointer.slice(place.length), message }));
