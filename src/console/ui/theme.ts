import { createTheme } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';

/** System fonts only, in an order that finds a face for Arabic, Ethiopic, Myanmar, Indic and Han letters on each system. */
const fonts = [
  'system-ui',
  '"Segoe UI"',
  'Roboto',
  '"Noto Sans"',
  '"Noto Sans Arabic"',
  '"Geeza Pro"',
  '"Noto Sans Ethiopic"',
  '"Abyssinica SIL"',
  'Nyala',
  'Kefa',
  '"Noto Sans Myanmar"',
  'Padauk',
  '"Myanmar Text"',
  '"Noto Sans Devanagari"',
  '"Noto Sans Hebrew"',
  '"Noto Sans CJK SC"',
  '"PingFang SC"',
  '"Microsoft YaHei"',
  'sans-serif',
].join(', ');

const teal: MantineColorsTuple = [
  '#e6f3f7',
  '#d0e6ee',
  '#a9d3e0',
  '#7cc0d3',
  '#4fa2bd',
  '#2f88a6',
  '#1a718e',
  '#0f657f',
  '#0b5872',
  '#08465b',
];
const red: MantineColorsTuple = [
  '#fdeeec',
  '#fadbd7',
  '#f4b5ae',
  '#f0958a',
  '#e2685b',
  '#cc4538',
  '#b53226',
  '#a3261b',
  '#921f15',
  '#761810',
];
const slate: MantineColorsTuple = [
  '#f4f6f8',
  '#eaedf0',
  '#dbe0e5',
  '#c5ccd4',
  '#8a939e',
  '#707a86',
  '#5b6571',
  '#4c5560',
  '#363e47',
  '#1c2229',
];
const night: MantineColorsTuple = [
  '#dbe1e8',
  '#bcc6d1',
  '#a4afbb',
  '#8995a2',
  '#3d4753',
  '#2b333d',
  '#212830',
  '#1a2027',
  '#13181d',
  '#0e1216',
];

/**
 * Mantine's own colours miss the contrast of WCAG AA in several places (dimmed text, placeholders, light buttons): these do not.
 * Contrast is measured on every screen by test/console/a11y.
 */
export const theme = createTheme({
  fontFamily: fonts,
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: '0.78rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9rem', lineHeight: '1.35' },
    },
  },
  colors: { teal, red, gray: slate, dark: night },
  primaryColor: 'teal',
  // White text stands on the filled shade of either scheme.
  primaryShade: { light: 8, dark: 7 },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'sm' } },
    // A dialog's heading is no banner of the page.
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.55 },
        attributes: { header: { role: 'presentation' } },
      },
    },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f6f7f9',
    '--mantine-color-text': '#1c2229',
    '--mantine-color-dimmed': '#525c68',
    '--mantine-color-placeholder': '#626c78',
    '--mantine-color-error': '#a3261b',
    '--mantine-color-default-border': '#8a939e',
    '--mantine-color-anchor': '#0b5872',
  },
  dark: {
    '--mantine-color-body': '#13181d',
    '--mantine-color-text': '#dbe1e8',
    '--mantine-color-dimmed': '#a4afbb',
    '--mantine-color-placeholder': '#97a3b0',
    '--mantine-color-error': '#f0958a',
    '--mantine-color-default-border': '#66727f',
    '--mantine-color-anchor': '#7cc0d3',
  },
});
