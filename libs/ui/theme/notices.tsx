import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';

/** Says that something was done. */
export function notifyDone(message: string) {
  notifications.show({ message, color: 'green', autoClose: 3000 });
}

/** Says, in the server's words, why something was not done. */
export function notifyProblem(title: string, error: unknown) {
  const message = error instanceof Error ? error.message : String(error);
  notifications.show({ title, message, color: 'red', autoClose: 8000, role: 'alert' });
}

/** A notice with one way back, for as long as it stays. */
export function notifyUndo({
  message,
  action,
  onAction,
  ms,
}: {
  message: string;
  action: string;
  onAction: () => void;
  ms: number;
}) {
  const id = notifications.show({
    autoClose: ms,
    withCloseButton: false,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm">{message}</Text>
        <Button
          variant="light"
          onClick={() => {
            notifications.hide(id);
            onAction();
          }}
        >
          {action}
        </Button>
      </Group>
    ),
  });
}
