import {
  ActionIcon,
  Badge,
  Button,
  createTheme,
  defaultVariantColorsResolver,
  Drawer,
  Menu,
  Modal,
  MultiSelect,
  NumberInput,
  Select,
  Switch,
  Table,
  Tabs,
  Textarea,
  TextInput,
  Tooltip,
  type CSSVariablesResolver,
} from '@mantine/core'
import { t } from './messages.ts'
import { darkVariables, lightVariables } from './tokens.ts'

const fontFamily =
  "'Inter', -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif"

export const theme = createTheme({
  fontFamily,
  fontFamilyMonospace:
    "'JetBrains Mono', ui-monospace, 'SF Mono', 'Cascadia Mono', 'Noto Sans Mono', 'DejaVu Sans Mono', monospace",
  headings: { fontFamily, fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'sm',
  primaryColor: 'blue',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  // Auto-contrast knows only the light shade; a filled button takes our own pair in both themes.
  variantColorResolver(input) {
    const base = defaultVariantColorsResolver(input)
    const isPrimary = input.color === undefined || input.color === input.theme.primaryColor
    if (input.variant !== 'filled' || !isPrimary) return base
    const hover = 'color-mix(in srgb, var(--accent) 88%, black)'
    return { ...base, background: 'var(--accent)', hover, color: 'var(--on-accent)' }
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  colors: {
    blue: [
      '#f0f4fd',
      '#dde7fb',
      '#bdd0f6',
      '#9cb8f2',
      '#86a8ff',
      '#5c86e6',
      '#3f70db',
      '#2b5fd0',
      '#244fae',
      '#1d408c',
    ],
    dark: [
      '#e7eaef',
      '#bcc4cf',
      '#8b96a5',
      '#5c6775',
      '#3c4654',
      '#272e38',
      '#1e232b',
      '#171b21',
      '#13171c',
      '#0f1216',
    ],
  },
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    // Also the words around inputs that are not Mantine's own.
    InputWrapper: { defaultProps: { size: 'xs' } },
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'xs' } }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'xs' } }),
    Select: Select.extend({ defaultProps: { size: 'xs', comboboxProps: { shadow: 'md' } } }),
    MultiSelect: MultiSelect.extend({ defaultProps: { size: 'xs' } }),
    Switch: Switch.extend({ defaultProps: { size: 'xs' } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', size: 'sm', tt: 'none', fw: 500 } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', withinPortal: true } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: 'md',
        closeButtonProps: { 'aria-label': t('close') },
      },
    }),
    Drawer: Drawer.extend({ defaultProps: { closeButtonProps: { 'aria-label': t('close') } } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 8, horizontalSpacing: 'sm' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: false } }),
  },
})

/** Lays our token table over Mantine's own variables, so that both speak one palette. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...lightVariables,
    '--mantine-color-body': lightVariables['--surface'] ?? '',
    '--mantine-color-text': lightVariables['--text'] ?? '',
    '--mantine-color-dimmed': lightVariables['--text-2'] ?? '',
    '--mantine-color-placeholder': lightVariables['--text-3'] ?? '',
    '--mantine-color-default-border': lightVariables['--line-strong'] ?? '',
  },
  dark: {
    ...darkVariables,
    '--mantine-color-body': darkVariables['--surface'] ?? '',
    '--mantine-color-text': darkVariables['--text'] ?? '',
    '--mantine-color-dimmed': darkVariables['--text-2'] ?? '',
    '--mantine-color-placeholder': darkVariables['--text-3'] ?? '',
    '--mantine-color-default-border': darkVariables['--line-strong'] ?? '',
    '--mantine-color-default': darkVariables['--raised'] ?? '',
  },
})
