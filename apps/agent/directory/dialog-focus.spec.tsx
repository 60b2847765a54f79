import { Button, Menu, MantineProvider } from '@mantine/core';
import { ConfirmDialog, Dialog } from '@opora/ui/dialog';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';

/** A dialog that is there only while it is open, called from a button, a menu's line or a row that does not outlive it. */
function Desk({ isAsking = false, isKept = false }: { isAsking?: boolean; isKept?: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const [hasRow, setRow] = useState(true);
  const close = () => setOpen(false);
  return (
    <MantineProvider env={isKept ? 'default' : 'test'}>
      <main id="main" tabIndex={-1}>
        <Button onClick={() => setOpen(true)}>Кнопка</Button>
        {hasRow && <Button onClick={() => setOpen(true)}>Строка</Button>}
        <Menu>
          <Menu.Target>
            <Button>Меню</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setOpen(true)}>Дело</Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {isKept && <ConfirmDialog opened={isOpen} title="Удалить?" confirm="Нет" onConfirm={close} onClose={close} />}
        {isOpen && isAsking && <ConfirmDialog opened title="Точно?" confirm="Да" onConfirm={close} onClose={close} />}
        {isOpen && !isAsking && !isKept && (
          <Dialog opened title="Окно" onClose={close}>
            <Button onClick={close}>Готово</Button>
            <Button
              onClick={() => {
                setRow(false);
                close();
              }}
            >
              Убрать строку
            </Button>
          </Dialog>
        )}
      </main>
    </MantineProvider>
  );
}

const focused = () => {
  const place = document.activeElement;
  return place === document.body || place?.tagName === 'MAIN' ? place.tagName : place?.textContent;
};
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

describe('WCAG 2.2 AA: a dialog gives the keyboard back', () => {
  it.each([
    ['its own button', 'Готово'],
    ['Esc', ''],
  ])('to the button it was called with, closed by %s', async (_, button) => {
    render(<Desk />);
    await press('Кнопка');
    const dialog = await screen.findByRole('dialog');
    await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
    await (button ? press(button) : userEvent.keyboard('{Escape}'));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(focused()).toBe('Кнопка');
  });

  it('a question too', async () => {
    render(<Desk isAsking />);
    await press('Кнопка');
    await press('Да');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(focused()).toBe('Кнопка');
  });

  it('to the button of the menu it was called from', async () => {
    render(<Desk />);
    await press('Меню');
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Дело' }));
    await press('Готово');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(focused()).toBe('Меню');
  });

  it('to the menu’s button also where the question is always there and only shown', async () => {
    render(<Desk isKept />);
    await press('Меню');
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Дело' }));
    await press('Нет');
    await waitFor(() => expect(focused()).toBe('Меню'), { timeout: 2000 });
  });

  it('to the page’s content when the place is gone', async () => {
    render(<Desk />);
    await press('Строка');
    await press('Убрать строку');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(focused()).toBe('MAIN');
  });
});
