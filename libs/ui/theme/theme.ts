import { createTheme, type MantineColorsTuple, type MantineThemeOverride } from '@mantine/core';

/** `compact` for the staff's desk, `cosy` for clients and phones. */
export type Density = 'compact' | 'cosy';

const opora: MantineColorsTuple = [
  '#edf2fb',
  '#d9e3f5',
  '#b0c6ec',
  '#83a6e2',
  '#5f8bda',
  '#487ad5',
  '#3b71d3',
  '#2d60bb',
  '#2455a8',
  '#144995',
];

const sizesOf = {
  compact: {
    fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
    headings: {
      fontWeight: '650',
      sizes: { h1: { fontSize: '20px' }, h2: { fontSize: '16px' }, h3: { fontSize: '14px' } },
    },
  },
  // 16 px in inputs: below it iOS zooms the page when one is touched.
  cosy: {
    fontSizes: { xs: '13px', sm: '14px', md: '16px', lg: '18px', xl: '22px' },
    headings: {
      fontWeight: '650',
      sizes: { h1: { fontSize: '24px' }, h2: { fontSize: '19px' }, h3: { fontSize: '16px' } },
    },
  },
} satisfies Record<Density, Pick<MantineThemeOverride, 'fontSizes' | 'headings'>>;

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
    ...sizesOf[density],
    respectReducedMotion: true,
    cursorType: 'pointer',
    // By name, not X.extend(): a page pays only for the parts it uses.
    components: {
      Button: { defaultProps: { size: density === 'compact' ? 'xs' : 'md' } },
      ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: density === 'compact' ? 28 : 40 } },
      Badge: {
        defaultProps: { variant: 'light', size: density === 'compact' ? 'sm' : 'md' },
        styles: { label: { textTransform: 'none', fontWeight: 550 } },
      },
      Checkbox: target,
      Radio: target,
      Switch: target,
      InputBase: input,
      TextInput: input,
      PasswordInput: input,
      NumberInput: input,
      Textarea: input,
      // The list of choices scrolls itself: a scrolling box inside it would be out of a keyboard's reach.
      Select: {
        defaultProps: { ...input.defaultProps, withScrollArea: false },
        styles: { options: { maxHeight: 260, overflowY: 'auto' } },
      },
      NativeSelect: input,
      Menu: { defaultProps: { shadow: 'md', withInitialFocusPlaceholder: false, transitionProps: { duration: 80 } } },
      Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 80 } } },
      Modal: {
        defaultProps: {
          centered: true,
          transitionProps: { duration: 100 },
          closeButtonProps: { 'aria-label': closeLabel, size },
        },
        styles: { title: { fontWeight: 650 } },
      },
    },
  });
}
