import { useCallback, useState } from 'react';

type Values = Record<string, unknown>;
/** What a refusal of the server looks like to a form. */
type Refusal = { errors?: { pointer: string; message: string }[] };

export type Fields<V extends Values> = {
  values: V;
  errors: Partial<Record<string, string>>;
  set: <K extends keyof V>(key: K, value: V[K]) => void;
  reset: (values: V) => void;
  /** value, error and onChange of a text input */
  text: (key: keyof V & string) => {
    value: string;
    error: string | undefined;
    onChange: (event: { currentTarget: { value: string } }) => void;
  };
  /** value, error and onChange of a picker that hands over the value itself */
  pick: <K extends keyof V & string>(
    key: K,
  ) => { value: V[K]; error: string | undefined; onChange: (value: V[K]) => void };
  /** Puts the server's field errors on their fields; false when none of them belongs to this form. */
  applyProblem: (error: unknown) => boolean;
};

/** State of a small form. The rules are the server's: its field errors land here by their JSON pointers. */
export function useFields<V extends Values>(initial: V): Fields<V> {
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({});

  const set = useCallback(<K extends keyof V>(key: K, value: V[K]) => {
    setValues((present) => ({ ...present, [key]: value }));
    setErrors((present) => ({ ...present, [key]: undefined }));
  }, []);
  const reset = useCallback((next: V) => {
    setValues(next);
    setErrors({});
  }, []);
  const applyProblem = (error: unknown) => {
    const found: Record<string, string> = {};
    for (const { pointer, message } of (error as Refusal | null)?.errors ?? []) {
      const key = pointer.split('/')[1];
      if (key && key in values) found[key] ??= message;
    }
    setErrors(found);
    return Object.keys(found).length > 0;
  };
  return {
    values,
    errors,
    set,
    reset,
    applyProblem,
    text: (key) => ({
      value: (values[key] as string | null | undefined) ?? '',
      error: errors[key],
      onChange: (event) => set(key, event.currentTarget.value as V[typeof key]),
    }),
    pick: (key) => ({ value: values[key], error: errors[key], onChange: (value) => set(key, value) }),
  };
}
