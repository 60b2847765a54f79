import {
  ActionIcon, Badge, Button, Checkbox, createTheme, InputBase, Menu, Modal, NativeSelect, NumberInput, PasswordInput, Radio, Select, Switch, Textarea,
  TextInput, Tooltip, type MantineColorsTuple, type MantineThemeOverride,
} from '@mantine/core';

/** `compact` for the staff's desk, `cosy` for clients and phones. */
export type Density = 'compact' | 'cosy';

const opora: MantineColorsTuple = ['#edf2fb', '#d9e3f5', '#b0c6ec', '#83a6e2', '#5f8bda', '#487ad5', '#3b71d3', '#2d60bb', '#2455a8', '#144995'];

/** One visual language; the shades are the ones that pass WCAG contrast in both schemes. */
export function makeTheme(density: Density, closeLabel: string): MantineThemeOverride {
  const size = density === 'compact' ? 'xs' : 'md';
  const input = { defaultProps: { size: density === 'compact' ? 'sm' : 'md' } };
  const target = { defaultProps: { size: 'md' } };
  return createTheme({
    colors: { opora },
    primaryColor: 'opora',
    primaryShade: { light: 8, dark: 7 },
    autoContrast: true,
    defaultRadius: 6,
    fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
    fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
    fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
    headings: { fontWeight: '650', sizes: { h1: { fontSize: '20px' }, h2: { fontSize: '16px' }, h3: { fontSize: '14px' } } },
    respectReducedMotion: true,
    cursorType: 'pointer',
    components: {
      Button: Button.extend({ defaultProps: { size: density === 'compact' ? 'xs' : 'md' } }),
      ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: density === 'compact' ? 28 : 40 } }),
      Badge: Badge.extend({ defaultProps: { variant: 'light', size: density === 'compact' ? 'sm' : 'md' }, styles: { label: { textTransform: 'none', fontWeight: 550 } } }),
      Checkbox: Checkbox.extend(target),
      Radio: Radio.extend(target),
      Switch: Switch.extend(target),
      InputBase: InputBase.extend(input),
      TextInput: TextInput.extend(input),
      PasswordInput: PasswordInput.extend(input),
      NumberInput: NumberInput.extend(input),
      Textarea: Textarea.extend(input),
      Select: Select.extend(input),
      NativeSelect: NativeSelect.extend(input),
      Menu: Menu.extend({ defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } }),
      Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, transitionProps: { duration: 80 } } }),
      Modal: Modal.extend({
        defaultProps: { centered: true, transitionProps: { duration: 100 }, closeButtonProps: { 'aria-label': closeLabel, size } },
        styles: { title: { fontWeight: 650 } },
      }),
    },
  });
}
